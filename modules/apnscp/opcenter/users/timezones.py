"""Which time zone a caller lives in: the server's, or the one that a user prefers (docs/panel.md, section 14)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.services.timezones import named
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.users import preferences

SCOPE = "system.timezone"
DEFAULT = "America/New_York"
_PREFERENCE = "timezone"


def of_caller(ctx: Context) -> str:
    """Return the zone that a caller prefers, the server's where none is set; the administrator's is the server's."""
    server = str(ctx.settings.get(SCOPE) or DEFAULT)
    if ctx.is_admin:
        return server
    chosen = preferences.load(ctx.db, ctx.caller.site_id, ctx.caller.user_id)
    return str(chosen.get(_PREFERENCE) or server) if isinstance(chosen, dict) else server


def set_of_caller(ctx: Context, zone: str) -> None:
    """Set the zone of a caller: the server's for the administrator, else a preference."""
    name = named(zone)
    if ctx.is_admin:
        put(ctx.db, SCOPE, name)
    else:
        preferences.set_one(ctx.db, ctx.caller.user_id, _PREFERENCE, name)
