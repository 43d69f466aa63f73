"""Module common: what every user may ask (docs/panel.md, section 14)."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, insert, select

from apnscp.core.context import Context
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.host_facts import boot_seconds, spelled_span
from apnscp.opcenter.schema import preference


@command(Role.ALL)
def whoami(ctx: Context) -> str:
    """Return the name of the user who is calling."""
    return ctx.caller.user


@command(Role.ALL)
def get_uptime(ctx: Context, pretty: bool = True) -> str | int:
    """Return how long the server has been up.

    pretty: text such as "25 days 10 mins", without seconds and empty below a minute; else seconds
    """
    seconds = boot_seconds()
    return spelled_span(seconds) if pretty else seconds


@command(Role.ALL)
def load_preferences(ctx: Context) -> dict[str, Any]:
    """Return the caller's preferences."""
    return _stored(ctx)


@command(Role.ALL, "write")
def save_preferences(ctx: Context, prefs: list[Any] | dict[str, Any]) -> bool:
    """Replace the caller's preferences.

    prefs: the complete map; what it leaves out is forgotten
    """
    chosen = (preference.c.site_id == ctx.caller.site_id) & (preference.c.user == ctx.caller.user)
    ctx.db.execute(delete(preference).where(chosen))
    row = {"site_id": ctx.caller.site_id, "user": ctx.caller.user, "value": json.dumps(prefs)}
    ctx.db.execute(insert(preference).values(row))
    return True


def _stored(ctx: Context) -> Any:
    found = ctx.db.execute(
        select(preference.c.value).where(
            preference.c.site_id == ctx.caller.site_id, preference.c.user == ctx.caller.user
        )
    ).scalar()
    return json.loads(found) if found else {}
