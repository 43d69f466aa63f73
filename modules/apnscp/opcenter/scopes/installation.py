"""Scopes over the variables of the installation, and over when the panel updates (docs/panel.md, section 16)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes.catalogue import SCOPES, Scope, read_value
from apnscp.opcenter.scopes.keeping import as_map, keep, pair, part, read_kept, single, taken, write_kept
from apnscp.opcenter.settings.config import put

VARIABLES = "cp.bootstrapper"
SYSTEM = "system"
"""The schedule of updates that the system itself has."""


def read_variables(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return all variables, one of them, or those of a role such as ``mail/rspamd``; null for one that is not set."""
    held = as_map(ctx, scope)
    if not more:
        return held
    if len(more) > 1:
        raise Refused("%s takes the name of a variable or of a role, not %d names", scope.name, len(more))
    name = str(more[0]).strip()
    return _of_role(held, name) if "/" in name else held.get(name)


def _of_role(held: dict[str, Any], role: str) -> dict[str, Any]:
    """Return the variables of a role: those whose names begin with its own, as the panel's do."""
    own = role.rpartition("/")[2].replace("-", "_")
    return {name: value for name, value in held.items() if name == own or name.startswith(f"{own}_")}


def write_variable(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Set a variable to a value of any type."""
    name, value = pair(scope, values, "a name and a value")
    if not name:
        raise Refused("%s: %s is not a name", scope.name, shown(values[0]))
    present = as_map(ctx, scope)
    return keep(ctx, scope, {**present, name: taken(scope, value)}, present)


def read_switch(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return a switch that is kept as such."""
    return part(scope, bool(ctx.settings.get(scope.name, scope.default)), more)


def write_switch(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Set a switch; what the table names after `with-variables` is set along when it goes on."""
    wanted, before = taken(scope, single(scope, values)), read_switch(ctx, scope, ())
    changed = keep(ctx, scope, wanted, before)
    if changed and wanted:
        variables = SCOPES[VARIABLES]
        pairs = (entry.partition("=") for entry in scope.of.split(","))
        along = {name: read_value(text) for name, _, text in pairs}
        put(ctx.db, VARIABLES, as_map(ctx, variables) | along)
    return changed


def read_schedule(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    """Return false while there are no updates, else their calendar text, or true where the system's own holds."""
    if not ctx.settings.get(scope.name, scope.default):
        return part(scope, False, more)
    when = read_kept(ctx, SCOPES[scope.of], ())
    return part(scope, True if when in (SYSTEM, "null") else when, more)


def write_schedule(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    """Switch updates on or off; a calendar text switches them on and is their schedule."""
    wanted = taken(scope, single(scope, values))
    changed = keep(ctx, scope, bool(wanted), bool(ctx.settings.get(scope.name, scope.default)))
    if isinstance(wanted, str):
        changed |= write_kept(ctx, SCOPES[scope.of], [wanted])
    return changed
