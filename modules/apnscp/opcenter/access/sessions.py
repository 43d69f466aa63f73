"""Sessions: opened by hijack and sign-on, found by the keyed hash of their id, ended by time or by word.

An id is made here and never taken from outside; it carries a check, so the panel knows its own ended ids from foreign
cookies even after their rows are gone (docs/panel.md, section 4).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, insert, literal_column, or_, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused, SessionEnded
from apnscp.core.panel_settings import PanelSettings
from apnscp.core.roles import Role
from apnscp.core.secret import Secret
from apnscp.opcenter.access.tables import api_key_table, session_table
from apnscp.opcenter.settings.config import span
from apnscp.opcenter.sites.records import Site, own
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.statements import PreparedSelect
from apnscp.opcenter.store.tables import fact_table
from apnscp.opcenter.users import people
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.tables import user_table

GATES = ("UI", "SOAP", "DAV", "CLI")
KEPT = 30 * 86400
"""Seconds after which the row of a session that nobody used is dropped."""


class FoundSession(NamedTuple):
    """A live session as authentication needs it."""

    id: int
    user_id: int
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
        fact_table.c.value, session_table.c.id, user_table.c.id, user_table.c.site_id, user_table.c.name,
        session_table.c.role, session_table.c.gate, session_table.c.last_used, site_table.c.suspended_at,
        session_table.c.key_id, api_key_table.c.expires, api_key_table.c.commands,
    )
    .select_from(
        fact_table.outerjoin(session_table, session_table.c.digest == bindparam("digest"))
        .outerjoin(user_table, user_table.c.id == session_table.c.user_id)
        .outerjoin(site_table, site_table.c.id == user_table.c.site_id)
        .outerjoin(api_key_table, api_key_table.c.id == session_table.c.key_id)
    )
    .where(fact_table.c.name == literal_column("'generation'"))
)  # fmt: skip


Row = tuple[Any, ...]
"""A session's row as `look_up` finds it and `found` reads it."""


def find(db: Connection, secret: Secret, session_id: str, settings: PanelSettings, now: int) -> FoundSession | None:
    """Return the live session of an id, None for an id that this panel never made.

    Raises SessionEnded for one that it made and that has expired or ended, be it with its user or its key.
    """
    row = look_up(db, secret, session_id)
    return None if row is None else found(row, settings, now)


def look_up(db: Connection, secret: Secret, session_id: str) -> Row | None:
    """Return the row of a session, whether or not its time is over; None for an id that this panel never made.

    Raises SessionEnded for one that it made and that has ended.
    """
    row: Row = _FIND.row(db, digest=secret.digest(session_id))
    if row[1] is not None:
        return row
    if secret.issued(session_id):
        raise SessionEnded("This session has ended; sign in again")
    return None


def found(row: Row, settings: PanelSettings, now: int) -> FoundSession:
    """Return the live session of a row; raises SessionEnded when its time or that of its key is over."""
    _, row_id, user_id, site_id, user, role, gate, last_used, suspended, key_id, expires, commands = row
    if expires is not None and expires <= now:
        raise SessionEnded("The API key that opened this session has expired")
    if last_used + span(settings, "session.ttl") <= now:
        raise SessionEnded("This session has expired after %s without use; sign in again", settings["session.ttl"])
    return FoundSession(
        row_id, user_id, site_id or people.PANEL, user, Role(role), gate, last_used, suspended is not None, key_id,
        commands,
    )  # fmt: skip


def open_session(ctx: Context, user: User, role: Role, gate: str, *, origin: int | None = None) -> str:
    """Open a session for a user and return its id of 32 letters and digits.

    origin: user to whom the session may go back, for one that entered an account from its parent
    The caller's extended authentication is passed on, never gained, and the rules of its API key bind the session too.
    """
    session_id = ctx.panel.secret.new_session_id()
    now = ctx.clock.unix()
    prune(ctx.db, now)
    ctx.db.execute(
        insert(session_table).values(
            digest=ctx.panel.secret.digest(session_id),
            user_id=user.id,
            role=int(role | (ctx.caller.role & Role.EXTAUTH)),
            gate=gate,
            created=now,
            last_used=now,
            ip=ctx.caller.ip[:45],
            key_id=ctx.caller.key_id,
            origin_user_id=origin,
            sent_by=_sender(ctx),
        )
    )
    return session_id


def open_in_site(ctx: Context, site: Site, user: User, gate: str, *, origin: int | None = None) -> str:
    """Open a session for a user of a site, with the role that the user has there, and return its id.

    Raises Refused where the site is suspended and [auth] suspended_login is off.
    """
    if is_shut(ctx.settings, suspended=site.is_suspended):
        raise Refused("%s is suspended and [auth] suspended_login is off", site.label)
    return open_session(ctx, user, role_in(site, user), gate, origin=origin)


def is_shut(settings: PanelSettings, *, suspended: bool) -> bool:
    """Tell whether nobody of an account may come in, because it is suspended."""
    return suspended and not settings.flag("auth.suspended_login")


def role_in(site: Site, user: User) -> Role:
    """Return the role that a user has in its site."""
    return Role.SITE if user.name == site.admin_user else Role.USER


def row_of(ctx: Context, session_id: str) -> int:
    """Return the row of a session that was just opened."""
    opened = session_table.c.digest == ctx.panel.secret.digest(session_id)
    return int(ctx.db.execute(select(session_table.c.id).where(opened)).scalar_one())


def origin_of(db: Connection, row_id: int) -> int | None:
    """Return the user to whom a session may go back, None when it entered from nowhere."""
    found: int | None = db.execute(select(session_table.c.origin_user_id).where(session_table.c.id == row_id)).scalar()
    return found


def sender_of(db: Connection, row_id: int) -> str | None:
    """Return who opened a session for its user, as NAME or NAME@DOMAIN; None for a sign-in by password."""
    found: str | None = db.execute(select(session_table.c.sent_by).where(session_table.c.id == row_id)).scalar()
    return found


def _sender(ctx: Context) -> str | None:
    if not ctx.caller.user_id:
        return None
    return f"{ctx.caller.user}@{own(ctx).domain}" if ctx.caller.site_id else ctx.caller.user


def extend(ctx: Context, session_id: str, now: int) -> bool:
    """Mark a live session as one with extended authentication; False when there is none of this id."""
    chosen = session_table.c.digest == ctx.panel.secret.digest(session_id)
    chosen &= session_table.c.last_used > now - span(ctx.settings, "session.ttl")
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


def delete_of_user(db: Connection, user_id: int, *, but: int | None = None) -> None:
    """End all sessions of a user, those that may go back to it included, except row `but`.

    The rows go; their ids stay known as ended by their check.
    """
    own = or_(session_table.c.user_id == user_id, session_table.c.origin_user_id == user_id)
    db.execute(session_table.delete().where(own if but is None else and_(own, session_table.c.id != but)))


def prune(db: Connection, now: int) -> None:
    """Delete sessions that were not used for days; their ids stay known as ended by their check."""
    db.execute(session_table.delete().where(session_table.c.last_used < now - KEPT))
