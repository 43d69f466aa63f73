"""Module scope: switches of the whole server, called config before 3.1 (docs/panel.md, section 16)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import ScopeInfo
from apnscp.core.context import Context
from apnscp.core.registry import also, command
from apnscp.core.roles import Role
from apnscp.opcenter.scopes import switches


@command(Role.ADMIN)
def get(ctx: Context, name: str, *val: Any) -> Any:
    """Return the value of a scope.

    name: group.task, as scope:list names it
    val: section and key for cp.config, a name for a scope that holds a map; all of it when left out
    """
    return switches.value(ctx, name, *val)


@command(Role.ADMIN, "write")
def set_(ctx: Context, name: str, *val: Any) -> bool:
    """Set a scope; the present value once more changes nothing.

    name: group.task, as scope:list names it
    val: the value, in the form that scope:info tells; section, key and value for cp.config
    """
    switches.set_value(ctx, name, *val)
    return True


@command(Role.ADMIN)
def list_(ctx: Context, filter: str | None = None) -> list[str]:
    """Return the names of all scopes, sorted.

    filter: a glob such as "cp.*"
    """
    return switches.names(filter)


@command(Role.ADMIN)
def info(ctx: Context, name: str) -> Annotated[dict[str, Any] | None, ScopeInfo | None]:
    """Describe a scope: info, value, settings (what it may be) and default; null when there is none.

    name: group.task, as scope:list names it
    """
    return switches.info(ctx, name)


also("config", get, set_, list_, info)
