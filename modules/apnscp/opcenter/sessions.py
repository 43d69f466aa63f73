"""Sessions: opened by hijack and sign-on, found by the keyed hash of their id, ended by time or by word.

An id is made here and never taken from outside; it carries a check, so the panel knows its own ended ids from foreign
cookies even after their rows are gone (docs/panel.md, section 4).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, literal_column, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused, SessionEnded
from apnscp.core.roles import Role
from apnscp.core.secret import Secret
from apnscp.opcenter.schema import session, site, state
from apnscp.opcenter.settings import seconds
from apnscp.opcenter.store import Prepared

GATES = ("UI", "SOAP", "DAV", "CLI")


@dataclass(frozen=True, slots=True)
class FoundSession:
    """A live session as the gate needs it."""

    id: int
    site_id: int
    user: str
    role: Role
    gate: str
    last_used: int


_FIND = Prepared(
    select(
        state.c.value, session.c.id, session.c.site_id, session.c.user, session.c.role, session.c.gate,
        session.c.last_used, session.c.ended, site.c.id,
    )
    .select_from(
        state.outerjoin(session, session.c.digest == bindparam("digest")).outerjoin(site, site.c.id == session.c.site_id)
    )
    .where(state.c.name == literal_column("'generation'"))
)  # fmt: skip


def find(db: Connection, secret: Secret, session_id: str, settings: Mapping[str, Any], now: int) -> FoundSession | None:
    """Return the live session of an id, None for an id that this panel never made.

    Raises SessionEnded for one that it made and that has expired, ended, or outlived its account.
    """
    row = _FIND.row(db, digest=secret.digest(session_id))
    if row[1] is None:
        if secret.issued(session_id):
            raise SessionEnded("This session has ended; sign in again")
        return None
    _, row_id, site_id, user, role, gate, last_used, ended, account = row
    if ended is not None or (site_id and account is None):
        raise SessionEnded("This session has ended; sign in again")
    if last_used + seconds(settings["session.ttl"]) <= now:
        raise SessionEnded("This session has expired after %s without use; sign in again", settings["session.ttl"])
    return FoundSession(row_id, site_id, user, Role(role), gate, last_used)


def open_session(ctx: Context, *, site_id: int, user: str, role: Role, gate: str) -> str:
    """Open a session and return its id of 32 letters and digits.

    The caller's extended authentication is passed on, never gained; the account in which a chain of sign-ons began is
    remembered, so that the chain cannot widen rights.
    """
    session_id = ctx.panel.secret.new_session_id()
    now = ctx.clock.unix()
    ctx.db.execute(
        insert(session).values(
            digest=ctx.panel.secret.digest(session_id),
            site_id=site_id,
            user=user,
            role=int(role | (ctx.caller.role & Role.EXTAUTH)),
            gate=gate,
            created=now,
            last_used=now,
            ip=ctx.caller.ip,
            parent_id=ctx.caller.session_row,
        )
    )
    return session_id


def gate_named(name: str | None, default: str) -> str:
    """Return a gate by its name in any case; raises Refused for one that does not exist."""
    gate = (name or default).upper()
    if gate not in GATES:
        raise Refused("Unknown gate `%s'; the gates are %s", name, ", ".join(GATES))
    return gate


def touch(db: Connection, row_id: int, now: int) -> None:
    """Note that a session was used."""
    db.execute(update(session).where(session.c.id == row_id, session.c.last_used < now).values(last_used=now))


def end_of_user(db: Connection, site_id: int, user: str, *, now: int, but: int | None = None) -> None:
    """End all sessions of a user, except row `but`."""
    chosen = (session.c.site_id == site_id) & (session.c.user == user) & session.c.ended.is_(None)
    if but is not None:
        chosen &= session.c.id != but
    db.execute(update(session).where(chosen).values(ended=now))


def drop_of_site(db: Connection, site_id: int) -> None:
    """Forget the sessions of an account that is deleted; their ids stay known as ended by their check."""
    db.execute(delete(session).where(session.c.site_id == site_id))
