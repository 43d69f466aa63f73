"""Calls within a call: to the method that a surrogate overrides, and to any other, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from apnscp.core.coerce import ABSENT, arguments
from apnscp.core.context import Context
from apnscp.core.errors import NotEmulated, Refused, SurplusArguments
from apnscp.core.registry import Command
from apnscp.opcenter.access.privileges import may_call
from apnscp.wire.soap.kinds import Rows, Shaped


def require_allowed(ctx: Context, command: Command, entry: str) -> None:
    """Raise Refused unless the caller of `ctx` may call a method, by its role and the settings of the panel.

    entry: the method that calls it. The command list of a key is about what is called from outside, which `entry` was.
    """
    if not may_call(command, replace(ctx.caller, commands=None), ctx.settings):
        raise Refused("%s calls %s, which its caller may not call", entry, command.cli_name)


def run(ctx: Context, command: Command, given: Sequence[Any], named: Mapping[str, Any], entry: Command) -> Any:
    """Carry out a call within another and return its answer, read to its end.

    given, named: arguments by place and by name; entry: the method that calls
    What a writing call did is undone when it raises an error, and nothing else. Raises ApnscpError as the method does,
    NotEmulated for one that is listed only, Refused where a method that reads calls one that writes.
    """
    if not command.emulated:
        raise NotEmulated(command.cli_name)
    writes = command.mode == "write"
    if writes and entry.mode != "write":
        raise Refused(
            '%s only reads and calls %s, which writes; give it @command(mode="write")',
            entry.cli_name, command.cli_name,
        )  # fmt: skip
    values = arguments(command, placed(command, given, named))
    inner = replace(ctx, prepared=None, commit_despite_refusal=False, nested=True)
    try:
        with ctx.savepoint() if writes else nullcontext():
            inner.prepared = command.prepare(inner, *values) if command.prepare else None
            return settled(command.function(inner, *values))
    finally:
        ctx.own_site = None if writes else inner.own_site


def placed(command: Command, given: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
    """Return arguments in the order of the parameters, ABSENT where there is none.

    Raises TypeError for a name that the method does not have or that was given by its place, SurplusArguments for too many.
    """
    parameters = command.parameters
    names = [parameter.name for parameter in parameters if not parameter.variadic]
    if len(given) > len(names) and not (parameters and parameters[-1].variadic):
        raise SurplusArguments(command.cli_name, len(names), len(given))
    values = [*given, *[ABSENT] * (len(names) - len(given))]
    for name, value in named.items():
        plain = name.rstrip("_")
        if plain not in names[len(given) :]:
            raise TypeError(
                f"{command.cli_name} has no further parameter `{plain}'; it takes {', '.join(names) or 'none'}"
            )
        values[names.index(plain)] = value
    return values


def settled(value: Any) -> Any:
    """Return an answer as lists, dicts and scalars: one that is read while it is written can be read only once."""
    if isinstance(value, Rows):
        return {key: settled(each) for key, each in value}
    if isinstance(value, Shaped):
        return value.plain()
    if isinstance(value, Mapping):
        return {key: settled(each) for key, each in value.items()}
    if isinstance(value, list | tuple | Iterator):
        return [settled(each) for each in value]
    return value
