"""Temporary passwords: the former one comes back when the time is over (docs/panel.md, section 12).

Nothing waits for that moment: a worker knows the earliest one that the store holds, and the first call at or after it
puts things right before anything is read.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.facts import begin_generation
from apnscp.opcenter.users.people import PANEL, User
from apnscp.opcenter.users.tables import user_table

LONGEST = 30 * 86400


def give(ctx: Context, target: User, crypted: str, limit: int) -> int:
    """Give a user a temporary password and return the Unix time at which it ends.

    crypted: a crypt(3) hash
    limit: seconds; where a temporary password holds already, it is replaced and ends when the first would have
    Raises Refused for a limit below 1 second or beyond 30 days.
    """
    if not 1 <= limit <= LONGEST:
        raise Refused("A temporary password lasts 1 to %d seconds; %d is out of that", LONGEST, limit)
    own = user_table.c.id == target.id
    until = ctx.db.execute(select(user_table.c.password_until).where(own)).scalar()
    if until is not None:
        ctx.db.execute(update(user_table).where(own).values(password=crypted))
        return int(until)
    until = ctx.clock.unix() + limit
    values = {"password": crypted, "password_before": target.password, "password_until": until}
    ctx.db.execute(update(user_table).where(own).values(values))
    _mark(ctx, target.site_id, target.name, 1)
    begin_generation(ctx.db)
    return until


def earliest_end(db: Connection) -> int | None:
    """Return the Unix time at which the next temporary password ends, None while there is none."""
    found: int | None = db.execute(select(func.min(user_table.c.password_until))).scalar()
    return found


def end_due(ctx: Context) -> None:
    """Put back the passwords of all whose time is over.

    ctx: in a writing transaction
    """
    due = user_table.c.password_until <= ctx.clock.unix()
    columns = user_table.c.id, user_table.c.site_id, user_table.c.name, user_table.c.password_before
    for row in ctx.db.execute(select(*columns).where(due)).all():
        values = {"password": row.password_before, "password_before": None, "password_until": None}
        ctx.db.execute(update(user_table).where(user_table.c.id == row.id).values(values))
        _mark(ctx, row.site_id or PANEL, row.name, 0)
    begin_generation(ctx.db)


def _mark(ctx: Context, site_id: int, name: str, value: int) -> None:
    """Show in auth,pwoverride whether the account's administrator has a temporary password."""
    if site_id == PANEL:
        return
    site = records.load(ctx.db, site_id)
    if site.admin_user == name and site.metadata["auth"]["pwoverride"] != value:
        records.save(ctx, site, site.metadata.with_value("auth", "pwoverride", value))
