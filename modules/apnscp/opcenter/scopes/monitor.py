"""Scopes of the monitor Argos, whose values are kept by backend or by channel (docs/panel.md, section 16)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes.catalogue import SCOPES, Scope
from apnscp.opcenter.scopes.keeping import keep, kept, pair, part, refusal, taken, write_kept

DEFAULT = "default"
"""The backend that an empty name stands for, and the channel of normal priority."""
HIGH = "high"


def read_backends(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return the map of backend to value, or the value of one backend."""
    return part(scope, _by_backend(ctx, scope), more)


def _by_backend(ctx: Context, scope: Scope) -> dict[str, Any]:
    """Return the values by backend; a value of an older program, which knew no backends, is the default one's."""
    found = kept(ctx, scope)
    if isinstance(found, dict):
        return dict(found)
    return {DEFAULT: found} if found else {}


def write_backends(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Set the value of a backend; a single value is that of the default one."""
    given = ["", *values] if len(values) == 1 else values
    name, value = pair(scope, given, "a backend and a value")
    present = _by_backend(ctx, scope)
    return keep(ctx, scope, {**present, name or DEFAULT: taken(scope, value)}, present)


def write_channel(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Set which backend gets the messages of a channel; a single value is that of the normal one."""
    if len(values) == 1:
        return write_kept(ctx, scope, values)
    if len(values) != 2:
        raise Refused("%s takes a channel and a backend, not %d values", scope.name, len(values))
    channel = str(values[0]).strip().lower() or DEFAULT
    if channel not in (DEFAULT, HIGH):
        raise refusal(scope, values[0], f"a channel; there are {DEFAULT} and {HIGH}")
    return write_kept(ctx, SCOPES[f"{scope.name}-{HIGH}"] if channel == HIGH else scope, values[1:])
