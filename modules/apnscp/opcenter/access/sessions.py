"""Sessions: opened by hijack and sign-on, found by the keyed hash of their id, ended by time or by word.

An id is made here and never taken from outside; it carries a check, so the panel knows its own ended ids from foreign
cookies even after their rows are gone (docs/panel.md, section 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, insert, literal_column, or_, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused, SessionEnded
from apnscp.core.roles import Role
from apnscp.core.secret import Secret
from apnscp.opcenter.access.tables import api_key_table, session_table
from apnscp.opcenter.settings.config import settings, span
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.statements import PreparedSelect
from apnscp.opcenter.store.tables import fact_table

GATES = ("UI", "SOAP", "DAV", "CLI")
KEPT = 30 * 86400
"""Seconds after which the row of a session that nobody used is dropped."""


class FoundSession(NamedTuple):
    """A live session as the gate needs it."""

    id: int
    site_id: int
    user: str
    role: Role
    gate: str
    last_used: int
    suspended: bool
    key_id: int | None
    commands: str | None


_FIND = PreparedSelect(
    select(
        fact_table.c.value, session_table.c.id, session_table.c.site_id, session_table.c.user, session_table.c.role,
        session_table.c.gate, session_table.c.last_used, session_table.c.ended, site_table.c.id, site_table.c.suspended_at,
        session_table.c.key_id, api_key_table.c.id, api_key_table.c.expires, api_key_table.c.commands,
    )
    .select_from(
        fact_table.outerjoin(session_table, session_table.c.digest == bindparam("digest"))
        .outerjoin(site_table, site_table.c.id == session_table.c.site_id)
        .outerjoin(api_key_table, api_key_table.c.id == session_table.c.key_id)
    )
    .where(fact_table.c.name == literal_column("'generation'"))
)  # fmt: skip


def find(db: Connection, secret: Secret, session_id: str, known: Mapping[str, Any], now: int) -> FoundSession | None:
    """Return the live session of an id, None for an id that this panel never made.

    known: the panel's settings
    Raises SessionEnded for one that it made and that has expired, ended, or outlived its account.
    """
    row = _FIND.row(db, digest=secret.digest(session_id))
    if row[1] is None:
        if secret.issued(session_id):
            raise SessionEnded("This session has ended; sign in again")
        return None
    _, row_id, site_id, user, role, gate, last_used, ended, account, suspended, key_id, key, expires, commands = row
    if ended is not None or (site_id and account is None) or (key_id is not None and key is None):
        raise SessionEnded("This session has ended; sign in again")
    if expires is not None and expires <= now:
        raise SessionEnded("The API key that opened this session has expired")
    if last_used + span(known, "session.ttl") <= now:
        raise SessionEnded("This session has expired after %s without use; sign in again", known["session.ttl"])
    return FoundSession(row_id, site_id, user, Role(role), gate, last_used, suspended is not None, key_id, commands)


def open_session(
    ctx: Context, *, site_id: int, user: str, role: Role, gate: str, origin: tuple[int, str] | None = None
) -> str:
    """Open a session and return its id of 32 letters and digits.

    origin: site id and user to whom the session may go back, for one that entered an account from its parent
    The caller's extended authentication is passed on, never gained, and the rules of its API key bind the session too.
    """
    session_id = ctx.panel.secret.new_session_id()
    now = ctx.clock.unix()
    prune(ctx.db, now)
    ctx.db.execute(
        insert(session_table).values(
            digest=ctx.panel.secret.digest(session_id),
            site_id=site_id,
            user=user,
            role=int(role | (ctx.caller.role & Role.EXTAUTH)),
            gate=gate,
            created=now,
            last_used=now,
            ip=ctx.caller.ip[:45],
            parent_id=ctx.caller.session_row,
            key_id=ctx.caller.key_id,
            origin_site_id=origin[0] if origin else None,
            origin_user=origin[1] if origin else None,
        )
    )
    return session_id


def row_of(ctx: Context, session_id: str) -> int:
    """Return the row of a session that was just opened."""
    chosen = session_table.c.digest == ctx.panel.secret.digest(session_id)
    return int(ctx.db.execute(select(session_table.c.id).where(chosen)).scalar_one())


def origin_of(db: Connection, row_id: int) -> tuple[int, str] | None:
    """Return site id and user to whom a session may go back, None when it entered from nowhere."""
    found = db.execute(
        select(session_table.c.origin_site_id, session_table.c.origin_user).where(session_table.c.id == row_id)
    ).first()
    return None if found is None or found[0] is None else (found[0], found[1])


def extend(ctx: Context, session_id: str, now: int) -> bool:
    """Mark a live session as one with extended authentication; False when there is none of this id."""
    chosen = (session_table.c.digest == ctx.panel.secret.digest(session_id)) & session_table.c.ended.is_(None)
    chosen &= session_table.c.last_used > now - span(settings(ctx), "session.ttl")
    found = ctx.db.execute(select(session_table.c.id, session_table.c.role).where(chosen)).first()
    if found is None:
        return False
    ctx.db.execute(update(session_table).where(session_table.c.id == found.id).values(role=found.role | Role.EXTAUTH))
    return True


def gate_named(name: str | None, default: str) -> str:
    """Return a gate by its name in any case; raises Refused for one that does not exist."""
    gate = (name or default).upper()
    if gate not in GATES:
        raise Refused("Unknown gate `%s'; the gates are %s", name, ", ".join(GATES))
    return gate


def touch(db: Connection, row_id: int, now: int) -> None:
    """Note that a session was used."""
    db.execute(
        update(session_table).where(session_table.c.id == row_id, session_table.c.last_used < now).values(last_used=now)
    )


def delete(db: Connection, secret: Secret, session_id: str) -> None:
    """End a session; its id stays known as ended by its check."""
    db.execute(session_table.delete().where(session_table.c.digest == secret.digest(session_id)))


def delete_of_user(db: Connection, site_id: int, user: str, *, but: int | None = None) -> None:
    """End all sessions of a user, those that may go back to it included, except row `but`.

    The rows go; their ids stay known as ended by their check.
    """
    own = and_(session_table.c.site_id == site_id, session_table.c.user == user)
    entered = and_(session_table.c.origin_site_id == site_id, session_table.c.origin_user == user)
    chosen = or_(own, entered)
    db.execute(session_table.delete().where(chosen if but is None else and_(chosen, session_table.c.id != but)))


def delete_of_site(db: Connection, site_id: int) -> None:
    """Forget the sessions of an account that is deleted; their ids stay known as ended by their check."""
    db.execute(
        session_table.delete().where(or_(session_table.c.site_id == site_id, session_table.c.origin_site_id == site_id))
    )


def prune(db: Connection, now: int) -> None:
    """Forget sessions that were not used for days; their ids stay known as ended by their check."""
    db.execute(session_table.delete().where(session_table.c.last_used < now - KEPT))
