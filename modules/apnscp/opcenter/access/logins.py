"""Who signed in, when and from where (docs/panel.md, section 12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from apnscp.core.context import Caller, Context
from apnscp.opcenter.access.tables import login_table
from apnscp.opcenter.sites import records

USUAL, MOST = 10, 100
"""How many logins are told when nobody asks for a number, and how many are kept of a user."""


def note(db: Connection, caller: Caller, now: int) -> None:
    """Note that a session was entered by a person; once per session."""
    known = select(login_table.c.id).where(login_table.c.session_id == caller.session_row, _of(caller))
    if caller.session_row is None or db.execute(known).first() is None:
        values = {"user_id": caller.user_id, "ip": caller.ip[:45], "ts": now}
        db.execute(insert(login_table).values(**values, session_id=caller.session_row))
        newest = select(login_table.c.id).where(_of(caller)).order_by(login_table.c.id.desc()).offset(MOST).limit(1)
        db.execute(login_table.delete().where(_of(caller), login_table.c.id <= newest.scalar_subquery()))


def earlier(ctx: Context, limit: Any = USUAL) -> list[dict[str, Any]]:
    """Return the caller's logins before the present one, newest first, as ip and ts (Unix time).

    limit: a number from 1 to 99; anything else means 10
    A demonstration account is shown only what came from the caller's own address.
    """
    most = limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit < MOST else USUAL
    columns = login_table.c.ip, login_table.c.ts, login_table.c.session_id
    wanted = select(*columns).where(_of(ctx.caller)).order_by(login_table.c.id.desc()).limit(most + 1)
    if records.is_demo(ctx):
        wanted = wanted.where(login_table.c.ip == ctx.caller.ip)
    present = ctx.caller.session_row
    rows = [row for row in ctx.db.execute(wanted) if present is None or row.session_id != present]
    return [{"ip": row.ip, "ts": row.ts} for row in rows[:most]]


def last(ctx: Context) -> dict[str, Any]:
    """Return the caller's last login before the present one as ip and ts (Unix time); empty when there was none."""
    return next(iter(earlier(ctx, 1)), {})


def _of(caller: Caller) -> ColumnElement[bool]:
    return login_table.c.user_id == caller.user_id
