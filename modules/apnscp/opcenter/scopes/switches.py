"""Scopes: switches of the whole server, ``group.task`` (docs/panel.md, section 16)."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import Any

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes.catalogue import SCOPES, Scope
from apnscp.opcenter.scopes.storage import STORAGES

LONGEST_FILTER = 100
OLD_GROUP, GROUP = "apnscp.", "cp."
OLD_NAMES = {"system.hostname": "net.hostname", "apnscp.nightly-update": "cp.nightly-updates"}
"""Names of the years before 2020 that changed by more than their group."""


def today(name: str) -> str:
    """Return the present name of a scope for one of the names before 3.1 (``apnscp.debug``), and any other as it is."""
    known = name.strip().lower()
    if known in OLD_NAMES:
        return OLD_NAMES[known]
    moved = GROUP + known.removeprefix(OLD_GROUP)
    return moved if known.startswith(OLD_GROUP) and moved in SCOPES else known


def find(ctx: Context, name: str) -> Scope | None:
    """Return a scope by its name; a former one is reported as old."""
    known = today(name)
    if known != name.strip().lower():
        ctx.reporter.deprecated("Scope %s is called %s now", name, known)
    return SCOPES.get(known)


def require(ctx: Context, name: str) -> Scope:
    """Return a scope by its name; raises Refused for an unknown one."""
    found = find(ctx, name)
    if found is None:
        near = get_close_matches(name.strip().lower(), SCOPES, 1, 0.6)
        hint = f"did you mean `{near[0]}'? " if near else ""
        raise Refused("Unknown scope %s; %sscope:list names them all", shown(name), hint)
    return found


def names(filter: str | None = None) -> list[str]:
    """Return the names of the scopes that match a glob, sorted; ``apache:*`` means ``apache.*``."""
    pattern = (filter or "*").strip().lower().replace(":", ".")
    if len(pattern) > LONGEST_FILTER:
        raise Refused("A filter has at most %d characters", LONGEST_FILTER)
    return sorted(name for name in SCOPES if fnmatchcase(name, pattern))


def value(ctx: Context, name: str, *more: Any) -> Any:
    """Return the value of a scope.

    more: section and key of cp.config, or the name in a scope that holds a map
    """
    scope = require(ctx, name)
    return STORAGES[scope.storage].read(ctx, scope, more)


def set_value(ctx: Context, name: str, *values: Any) -> bool:
    """Set a scope; tell whether that changed anything.

    values: the value, or what the scope takes: section, key and value; name and value; several entries
    Raises Refused when the scope cannot hold the value.
    """
    scope = require(ctx, name)
    if not values:
        raise Refused("%s: a value is missing; scope:info %s tells what it may be", scope.name, scope.name)
    return STORAGES[scope.storage].write(ctx, scope, list(values))


def info(ctx: Context, name: str) -> dict[str, Any] | None:
    """Return {info, value, settings, default} of a scope, None when there is none."""
    scope = find(ctx, name)
    if scope is None:
        return None
    present = STORAGES[scope.storage].read(ctx, scope, ())
    return {"info": scope.info, "value": present, "settings": scope.settings, "default": scope.default}
