"""Names of time zones."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from apnscp.core.errors import Refused


@cache
def _known() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name not in ("Factory", "localtime")}


def named(zone: str) -> str:
    """Return a zone's name as the time zone database writes it; raises Refused for an unknown one."""
    found = _known().get(zone.lower())
    if found is None:
        raise Refused("Unknown timezone `%s'; a name such as Europe/Berlin or UTC is expected", zone[:64])
    return found
