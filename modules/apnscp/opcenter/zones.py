"""Time zones: the server's, and what users prefer (docs/panel.md, section 14)."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter import preferences
from apnscp.opcenter.settings import put, settings

SCOPE = "system.timezone"
DEFAULT = "America/New_York"
_PREFERENCE = "timezone"


@cache
def _known() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name not in ("Factory", "localtime")}


def named(zone: str) -> str:
    """Return a zone's name as the time zone database writes it; raises Refused for one that it has not."""
    found = _known().get(zone.lower())
    if found is None:
        raise Refused("Unknown timezone `%s'; a name such as Europe/Berlin or UTC is expected", zone[:64])
    return found


def of_caller(ctx: Context) -> str:
    """Return the zone that a caller prefers, the server's where none is set; the administrator's is the server's."""
    server = str(settings(ctx).get(SCOPE) or DEFAULT)
    if ctx.is_admin:
        return server
    chosen = preferences.load(ctx.db, ctx.caller.site_id, ctx.caller.user)
    return str(chosen.get(_PREFERENCE) or server) if isinstance(chosen, dict) else server


def set_of_caller(ctx: Context, zone: str) -> None:
    """Set the zone of a caller: the server's for the administrator, else a preference."""
    name = named(zone)
    if ctx.is_admin:
        put(ctx.db, SCOPE, name)
    else:
        preferences.set_one(ctx.db, ctx.caller.site_id, ctx.caller.user, _PREFERENCE, name)
