"""Users: those of the panel itself (site 0), account administrators and secondary users."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, insert, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.users.tables import user_table

PANEL = 0
"""The site id that stands for the panel itself; in the store its users have no site."""

_COLUMNS = (user_table.c.id, user_table.c.site_id, user_table.c.name, user_table.c.password)
_BY_NAME = select(*_COLUMNS).where(user_table.c.name == bindparam("of_name"))
_OF_SITE = _BY_NAME.where(user_table.c.site_id == bindparam("of_site"))
_OF_PANEL = _BY_NAME.where(user_table.c.site_id.is_(None))
_BY_ID = select(*_COLUMNS).where(user_table.c.id == bindparam("of_id"))
_ADD = insert(user_table)
_ADMIN = select(site_table.c.admin_user).where(site_table.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class User:
    """A user's row; `site_id` is 0 for one of the panel, `password` a crypt(3) hash or None."""

    id: int
    site_id: int
    name: str
    password: str | None


def _user(row: Any) -> User | None:
    return None if row is None else User(row.id, row.site_id or PANEL, row.name, row.password)


def of_site(site_id: int) -> ColumnElement[bool]:
    """Return the condition that a row of the table of users belongs to a site, or to the panel for site 0."""
    column = user_table.c.site_id
    return column.is_(None) if site_id == PANEL else column == site_id


def find(db: Connection, site_id: int, name: str) -> User | None:
    """Return a user of a site, or of the panel for site 0; names are compared in lower case."""
    named = {"of_name": name.lower()}
    if site_id == PANEL:
        return _user(db.execute(_OF_PANEL, named).first())
    return _user(db.execute(_OF_SITE, named | {"of_site": site_id}).first())


def by_id(db: Connection, user_id: int) -> User | None:
    """Return a user by its row, None when it is gone."""
    return _user(db.execute(_BY_ID, {"of_id": user_id}).first())


def first_of_panel(db: Connection) -> User | None:
    """Return the panel's first administrator, whatever it was renamed to; None in an empty store."""
    return _user(db.execute(select(*_COLUMNS).where(of_site(PANEL)).order_by(user_table.c.id)).first())


def require(db: Connection, site_id: int, name: str) -> User:
    """Return a user; raises Refused when the site has none of that name."""
    found = find(db, site_id, name)
    if found is None:
        raise Refused("Unknown user `%s'", name)
    return found


def administrator_name(db: Connection, site_id: int) -> str:
    """Return the name of a site's administrator."""
    return str(db.execute(_ADMIN, {"id": site_id}).scalar_one())


def administrator(db: Connection, site_id: int) -> User:
    """Return the administrator of a site."""
    return require(db, site_id, administrator_name(db, site_id))


def add(db: Connection, site_id: int, name: str, password: str | None, now: int) -> None:
    """Add a user.

    password: a crypt(3) hash, or None for one who cannot sign in by password
    """
    add_all(db, [(site_id, name, password, now)])


def add_all(db: Connection, fresh: Sequence[tuple[int, str, str | None, int]]) -> None:
    """Add several users, given as arguments of `add`."""
    rows = [
        {"site_id": site_id or None, "name": name, "password": password, "created": now}
        for site_id, name, password, now in fresh
    ]
    db.execute(_ADD, rows)


def set_password(db: Connection, user_id: int, crypted: str) -> None:
    """Give a user another password; `access.credentials` ends the user's sessions as well.

    While a temporary password holds, it is replaced at once and the new one stays when its time is over.
    """
    temporary = user_table.c.password_until.is_not(None)
    before = case((temporary, crypted), else_=None)
    db.execute(update(user_table).where(user_table.c.id == user_id).values(password=crypted, password_before=before))


def rename(db: Connection, user_id: int, name: str) -> None:
    """Rename a user; keys, sessions and everything else of the user stay."""
    db.execute(update(user_table).where(user_table.c.id == user_id).values(name=name))


def caller(ctx: Context) -> User:
    """Return the user who is calling."""
    return require(ctx.db, ctx.caller.site_id, ctx.caller.user)


def target(ctx: Context, name: str | None) -> User:
    """Return the user that a method is to work on: the caller, or one whom the caller may name.

    An administrator of the panel or of a site may name its users, a secondary user only itself. Raises Refused.
    """
    if name is None or name.lower() == ctx.caller.user:
        return caller(ctx)
    if ctx.caller.site_id and ctx.caller.user != administrator_name(ctx.db, ctx.caller.site_id):
        raise Refused("Only the account's administrator may name another user")
    return require(ctx.db, ctx.caller.site_id, name)
