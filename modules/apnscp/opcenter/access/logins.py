"""Who signed in, when and from where (docs/panel.md, section 12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, insert, select

from apnscp.core.context import Caller
from apnscp.opcenter.access.tables import login_table

USUAL, MOST = 10, 100


def note(db: Connection, caller: Caller, now: int) -> None:
    """Note that a session was entered by a person; once per session."""
    known = select(login_table.c.id).where(login_table.c.session_id == caller.session_row, _of(caller))
    if caller.session_row is None or db.execute(known).first() is None:
        values = {"site_id": caller.site_id, "user": caller.user, "ip": caller.ip[:45], "ts": now}
        db.execute(insert(login_table).values(**values, session_id=caller.session_row))


def history(db: Connection, caller: Caller, limit: int, *, own_address_only: bool) -> list[dict[str, Any]]:
    """Return the caller's earlier logins, newest first, as ip and ts (Unix time); the current one is left out.

    own_address_only: leave out what came from other addresses, as demonstration accounts have it
    """
    chosen = (
        select(login_table.c.ip, login_table.c.ts, login_table.c.session_id)
        .where(_of(caller))
        .order_by(login_table.c.id.desc())
    )
    if own_address_only:
        chosen = chosen.where(login_table.c.ip == caller.ip)
    rows = db.execute(chosen.limit(limit + 1)).all()
    earlier = [row for row in rows if caller.session_row is None or row.session_id != caller.session_row]
    return [{"ip": row.ip, "ts": row.ts} for row in earlier[:limit]]


def length(limit: Any) -> int:
    """Return how many entries a caller asked for: a number from 1 to 99, else the usual 10."""
    return limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit < MOST else USUAL


def _of(caller: Caller) -> Any:
    return (login_table.c.site_id == caller.site_id) & (login_table.c.user == caller.user)
