"""How a value of a scope is taken and shown, whatever its storage; the plain storages that others build on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from functools import cache
from typing import Any, NamedTuple

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes.catalogue import Scope, read_value
from apnscp.opcenter.settings import rules
from apnscp.opcenter.settings.config import put, same

_RULES_OF_LISTS = (
    "flat-list",
    "words",
    "hosts",
    "ports",
    "web-ports",
    "signatures",
    "address-list",
    "smart-host",
    "any",
)


class Storage(NamedTuple):
    """How the value of a scope is read, with further names, and written, telling whether that changed anything."""

    read: Callable[[Context, Scope, Sequence[Any]], Any]
    write: Callable[[Context, Scope, list[Any]], bool]


def taken(scope: Scope, value: Any) -> Any:
    """Return the form of a value that is kept; raises Refused where the scope cannot hold it."""
    try:
        return rules.check(scope.rule, value)
    except ValueError:
        raise refusal(scope, value) from None


def refusal(scope: Scope, value: Any, wanted: str | None = None) -> Refused:
    """Return the refusal of a value.

    wanted: what the scope takes, in words; those of its rule by default
    """
    return Refused("%s: %s is not %s", scope.name, shown(value), wanted or rules.wording(scope.rule))


def single(scope: Scope, values: list[Any]) -> Any:
    """Return the only value of a call, or all of them where the scope takes several as a list."""
    if len(values) == 1:
        return values[0]
    if scope.rule.split(" ")[0] not in _RULES_OF_LISTS:
        raise Refused("%s takes one value, not %d; scope:info %s tells which", scope.name, len(values), scope.name)
    return values


def part(scope: Scope, found: Any, more: Sequence[Any]) -> Any:
    """Return the named part of a map."""
    if not more:
        return found
    if len(more) > 1 or not isinstance(found, dict) or str(more[0]) not in found:
        raise Refused("%s holds no %s; without further names it is shown whole", scope.name, shown(more[0]))
    return found[str(more[0])]


def kept(ctx: Context, scope: Scope) -> Any:
    """Return what the store holds for a scope, None where it holds nothing."""
    return ctx.settings.get(scope.name)


def keep(ctx: Context, scope: Scope, value: Any, before: Any) -> bool:
    """Keep the value of a scope; tell whether that changed anything."""
    return not same(before, value) and put(ctx.db, scope.name, value)


def read_kept(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return the scope's own value; one that its rule no longer takes, kept by an older program, is the default."""
    found = kept(ctx, scope)
    if found is not None:
        try:
            return part(scope, rules.check(scope.rule, found), more)
        except ValueError:
            pass
    return part(scope, _initial(scope), more)


def _initial(scope: Scope) -> Any:
    """Return the value of a fresh panel: what the table says after `kept`, else the published default."""
    first = deepcopy(_parsed(scope.of)) if scope.of else scope.default
    return None if first is None else rules.check(scope.rule, first)


@cache
def _parsed(text: str) -> Any:
    return read_value(text)


def write_kept(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Replace the scope's own value, or add to it where the table says `append`."""
    value = taken(scope, single(scope, values))
    present = read_kept(ctx, scope, ())
    if scope.append:
        value = [*present, *(entry for entry in value if entry not in present)]
    return keep(ctx, scope, value, present)


def as_map(ctx: Context, scope: Scope) -> dict[str, Any]:
    """Return the map that the store holds for a scope, empty where it holds none."""
    found = kept(ctx, scope)
    return dict(found) if isinstance(found, dict) else {}


def pair(scope: Scope, values: list[Any], what: str) -> tuple[str, Any]:
    """Return the two values of a call, the first of them a name.

    what: what the scope takes, in words: "a name and a value"
    """
    if len(values) != 2:
        raise Refused("%s takes %s, not %d values", scope.name, what, len(values))
    try:
        return str(rules.check("word", values[0])), values[1]
    except ValueError:
        raise Refused("%s: %s is not a name", scope.name, shown(values[0])) from None


def read_keyed(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return the scope's own map, or one value of it."""
    return part(scope, as_map(ctx, scope), more)


def write_keyed(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Set one entry of the scope's own map; where the table lists names, it has to be one of them."""
    name, value = pair(scope, values, "a name and a value")
    names = scope.of.split(",") if scope.of else [name]
    if name not in names:
        raise refusal(scope, name, f"one of its parameters: {', '.join(names)}")
    present = as_map(ctx, scope)
    return keep(ctx, scope, {**present, name: taken(scope, value)}, present)
