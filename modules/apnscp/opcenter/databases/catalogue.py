"""The databases of accounts: made, listed and removed; none of them holds any data."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.databases import collations
from apnscp.opcenter.databases.account import Account, own
from apnscp.opcenter.databases.kinds import Kind
from apnscp.opcenter.databases.tables import database_table

_WHAT = "a database"


def of_account(db: Connection, account: Account) -> list[str]:
    """Return the names of an account's databases on a server, sorted."""
    table = database_table
    held = select(table.c.name).where(table.c.site_id == account.site.id, table.c.kind == account.kind.service)
    return sorted(db.execute(held).scalars())


def counts(db: Connection, site_id: int) -> dict[str, int]:
    """Return how many databases a site has on each server that holds one."""
    table = database_table
    grouped = select(table.c.kind, func.count()).where(table.c.site_id == site_id).group_by(table.c.kind)
    return {kind: int(number) for kind, number in db.execute(grouped)}


def create(ctx: Context, kind: Kind, name: str, charset: str | None = None, collation: str | None = None) -> str:
    """Make a database and return its full name.

    name: with or without the prefix; charset, collation: of MySQL
    Raises Refused for an invalid or taken name, an unknown charset or collation, and beyond the limit dbasenum.
    """
    account = own(ctx, kind, lock=True)
    full = account.new_name(name, kind.longest_database, _WHAT)
    if charset is not None and collation is not None:
        collations.require_pair(charset, collation)
    if _find(ctx.db, kind, full) is not None:
        raise Refused("The %s database `%s' exists already", kind.title, full)
    _require_room(ctx, account)
    values = {"site_id": account.site.id, "kind": kind.service, "name": full, "created": ctx.clock.unix()}
    ctx.db.execute(insert(database_table).values(**values, charset=charset, collation_name=collation))
    ctx.info("%s database `%s' was made", kind.title, full)
    return full


def _require_room(ctx: Context, account: Account) -> None:
    held = counts(ctx.db, account.site.id).get(account.kind.service, 0)
    if account.limit is not None and held >= account.limit:
        raise Refused(
            "%s has %d of the %d %s databases that it may have (%s,dbasenum); delete one first",
            account.site.label, held, account.limit, account.kind.title, account.kind.service,
        )  # fmt: skip


def remove(ctx: Context, kind: Kind, name: str) -> None:
    """Delete a database; what was granted in it goes with it. Raises Refused for an unknown one."""
    ctx.db.execute(delete(database_table).where(database_table.c.id == require(ctx, kind, name).id))


def require(ctx: Context, kind: Kind, name: str) -> Any:
    """Return the row of a database of the caller's account, or of any for the administrator.

    name: with or without the account's prefix. Raises Refused for an unknown one.
    """
    full = name if ctx.is_admin else own(ctx, kind).full_name(name)
    row = _find(ctx.db, kind, full)
    if row is None or (not ctx.is_admin and row.site_id != ctx.caller.site_id):
        way_out = "" if ctx.is_admin else f"; {kind.method('list-databases')} lists them"
        raise Refused("Unknown %s database `%s'%s", kind.title, full[:80], way_out)
    return row


def exists(ctx: Context, kind: Kind, name: str) -> bool:
    """Tell whether a database exists: in the caller's account, or on the server for the administrator."""
    full = name if ctx.is_admin else own(ctx, kind).full_name(name)
    row = _find(ctx.db, kind, full)
    return row is not None and (ctx.is_admin or row.site_id == ctx.caller.site_id)


def size(ctx: Context, kind: Kind, name: str) -> int:
    """Return the size of a database in bytes: 0, since it is empty. Raises Refused for an unknown one."""
    require(ctx, kind, name)
    return 0


def clone(ctx: Context, kind: Kind, source: str, target: str) -> None:
    """Copy a database to another, which is made where it does not exist; an existing one is empty and may be the target.

    Raises Refused for an unknown source, for the source as its own target, and as `create` does.
    """
    row = require(ctx, kind, source)
    full = own(ctx, kind).full_name(target)
    if full == row.name:
        raise Refused("`%s' cannot be cloned to itself; name another database", full)
    if not exists(ctx, kind, full):
        create(ctx, kind, full, row.charset, row.collation_name)


def _find(db: Connection, kind: Kind, name: str) -> Any:
    table = database_table
    return db.execute(select(table).where(table.c.kind == kind.service, table.c.name == name)).first()
