"""Users: the administrator of the panel (site 0), account administrators and secondary users."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, case, insert, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import sessions
from apnscp.opcenter.access.tables import api_key_table, denial_table, ip_restriction_table, login_table, session_table
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.facts import begin_generation
from apnscp.opcenter.users.tables import preference_table, user_table

PANEL = 0
"""The site id that stands for the panel itself."""

_FIND = select(user_table).where(
    user_table.c.site_id == bindparam("of_site"), user_table.c.name == bindparam("of_name")
)
_ADMIN = select(site_table.c.admin_user).where(site_table.c.id == bindparam("id"))
_CARRIED = (api_key_table, session_table, preference_table, ip_restriction_table, denial_table, login_table)
"""Tables whose rows follow a user who is renamed, and go with one who is deleted."""


@dataclass(frozen=True, slots=True)
class User:
    """A user's row."""

    id: int
    site_id: int
    name: str
    password: str | None
    email: str | None


def find(db: Connection, site_id: int, name: str) -> User | None:
    """Return a user of a site, or of the panel for site 0; names are compared in lower case."""
    row = db.execute(_FIND, {"of_site": site_id, "of_name": name.lower()}).first()
    return None if row is None else User(row.id, row.site_id, row.name, row.password, row.email)


def first_of_panel(db: Connection) -> str | None:
    """Return the name of the panel's first administrator, whatever it was renamed to; None in an empty store."""
    found: str | None = db.execute(
        select(user_table.c.name).where(user_table.c.site_id == PANEL).order_by(user_table.c.id)
    ).scalar()
    return found


def require(db: Connection, site_id: int, name: str) -> User:
    """Return a user; raises Refused when the site has none of that name."""
    found = find(db, site_id, name)
    if found is None:
        raise Refused("Unknown user `%s'", name)
    return found


def administrator(db: Connection, site_id: int) -> str:
    """Return the name of a site's administrator."""
    return str(db.execute(_ADMIN, {"id": site_id}).scalar_one())


def add(db: Connection, site_id: int, name: str, password: str | None, now: int) -> None:
    """Add a user.

    password: a crypt(3) hash, or None for one who cannot sign in by password
    """
    db.execute(insert(user_table).values(site_id=site_id, name=name, password=password, created=now))


def set_password(db: Connection, site_id: int, name: str, crypted: str, *, keep: int | None = None) -> None:
    """Give a user another password; the user's sessions end.

    keep: row of the session that goes on, the one in which the password was changed
    While a temporary password holds, it is replaced at once and the new one stays when its time is over.
    """
    own = (user_table.c.site_id == site_id) & (user_table.c.name == name)
    temporary = user_table.c.password_until.is_not(None)
    before = case((temporary, crypted), else_=None)
    db.execute(update(user_table).where(own).values(password=crypted, password_before=before))
    sessions.delete_of_user(db, site_id, name, but=keep)


def rename(db: Connection, site_id: int, old: str, new: str) -> None:
    """Rename a user; keys, sessions, preferences, denied services and address restrictions come along."""
    db.execute(update(user_table).where(user_table.c.site_id == site_id, user_table.c.name == old).values(name=new))
    for table in _CARRIED:
        db.execute(update(table).where(table.c.site_id == site_id, table.c.user == old).values(user=new))
    entered = (session_table.c.origin_site_id == site_id) & (session_table.c.origin_user == old)
    db.execute(update(session_table).where(entered).values(origin_user=new))
    begin_generation(db)


def delete(db: Connection, site_id: int, name: str) -> None:
    """Forget a user and what is its own; its sessions and keys end with it."""
    sessions.delete_of_user(db, site_id, name)
    for table in _CARRIED:
        db.execute(table.delete().where(table.c.site_id == site_id, table.c.user == name))
    db.execute(user_table.delete().where(user_table.c.site_id == site_id, user_table.c.name == name))
    begin_generation(db)


def delete_of_site(db: Connection, site_id: int) -> None:
    """Forget all users of a site and what is theirs."""
    for table in (user_table, *_CARRIED):
        db.execute(table.delete().where(table.c.site_id == site_id))


def target(ctx: Context, name: str | None) -> str:
    """Return the user that a method is to work on: the caller, or one whom the caller may name.

    An administrator of the panel or of a site may name its users, a secondary user only itself. Raises Refused.
    """
    if name is None or name.lower() == ctx.caller.user:
        return ctx.caller.user
    if ctx.caller.site_id and ctx.caller.user != administrator(ctx.db, ctx.caller.site_id):
        raise Refused("Only the account's administrator may name another user")
    return require(ctx.db, ctx.caller.site_id, name).name
