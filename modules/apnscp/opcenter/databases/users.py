"""Database users: the main user of each account, which it always has, and those that are added."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.databases import options
from apnscp.opcenter.databases.account import Account, own
from apnscp.opcenter.databases.kinds import Kind
from apnscp.opcenter.databases.tables import database_grant_table, database_user_table
from apnscp.opcenter.sites.tables import site_table

LOCAL = "localhost"
_WHAT = "a database user"
_MAIN_ADMIN = {"mysql": site_table.c.mysql_admin, "pgsql": site_table.c.pgsql_admin}


class DatabaseUser(NamedTuple):
    """A database user; `id` is None for a main user that was never edited and has no row."""

    id: int | None
    name: str
    host: str
    password: str
    settings: Mapping[str, Any]


def of_account(ctx: Context, account: Account) -> list[DatabaseUser]:
    """Return the users of an account on a server, the main user among them, sorted by name and host."""
    table = database_user_table
    held = select(table).where(table.c.site_id == account.site.id, table.c.kind == account.kind.service)
    found = [_user(row) for row in ctx.db.execute(held)]
    main = account.main_user
    if main is not None and account.enabled and (main, LOCAL) not in {(user.name, user.host) for user in found}:
        found.append(_untouched(ctx, account, main))
    return sorted(found, key=lambda user: (user.name, user.host))


def find(ctx: Context, account: Account, name: str, host: str = LOCAL) -> DatabaseUser | None:
    """Return a user of an account, None when there is none.

    name: with or without the prefix
    """
    wanted = (name if account.is_main(name) else account.full_name(name), host.strip().lower())
    return next((user for user in of_account(ctx, account) if (user.name, user.host) == wanted), None)


def require(ctx: Context, account: Account, name: str, host: str = LOCAL) -> DatabaseUser:
    """Return a user of an account as `find` does; raises Refused when there is none."""
    found = find(ctx, account, name, host)
    if found is None:
        kind = account.kind
        shown = name if kind.service == "pgsql" else f"{name}@{host}"
        raise Refused("Unknown %s user `%s'; %s lists them", kind.title, shown[:128], kind.method("list-users"))
    return found


def add(
    ctx: Context, kind: Kind, name: str, password: str, maxconn: int | None, host: str = LOCAL, **more: Any
) -> None:  # fmt: skip
    """Add a user.

    name: with or without the prefix; maxconn: connections at once, None for as many as the server admits
    more: settings by the names of `options`
    Raises Refused for an invalid or taken name, a short password, or a setting that cannot be.
    """
    account = own(ctx, kind, lock=True)
    if account.is_main(name):
        raise Refused("`%s' is the main user of this account already; %s changes it", name, kind.method("edit-user"))
    full, host = account.new_name(name, kind.longest_user, _WHAT), options.host(host)
    settings = options.settings(ctx, kind, {"maxconn": maxconn, **more})
    _require_free(ctx.db, kind, full, host)
    hashed = kind.hash(options.password(password), full)
    ctx.db.execute(insert(database_user_table).values(_row(account, full, host, hashed, settings)))


def edit(ctx: Context, kind: Kind, name: str, host: str, change: Mapping[str, Any]) -> None:
    """Change password, host or settings of a user; what `change` does not name stays.

    Raises Refused for an unknown user, an unknown setting, a value that cannot be, and another host for the main user.
    """
    account = own(ctx, kind, lock=True)
    user, changed = require(ctx, account, name, host), dict(change)
    password, to_host = changed.pop("password", None), changed.pop("host", None)
    hashed = user.password if password in (None, "") else kind.hash(options.password(password), user.name)
    settings = {**user.settings, **options.settings(ctx, kind, changed)}
    where = user.host if to_host in (None, "") else options.host(str(to_host))
    if where != user.host:
        if account.is_main(user.name):
            raise Refused("The main user `%s' stays at %s; add a user for another host", user.name, user.host)
        _require_free(ctx.db, kind, user.name, where)
    row = _row(account, user.name, where, hashed, settings)
    if user.id is None:
        ctx.db.execute(insert(database_user_table).values(row))
    else:
        ctx.db.execute(update(database_user_table).where(database_user_table.c.id == user.id).values(row))


def given(password: str | None, maxconn: int | None) -> dict[str, Any]:
    """Return what pgsql:edit-user changes, as `edit` takes it: null and the empty text leave things as they are."""
    return {name: value for name, value in (("password", password), ("maxconn", maxconn)) if value is not None}


def remove(ctx: Context, kind: Kind, name: str, host: str = LOCAL, *, cascade: bool = True) -> None:
    """Delete a user.

    cascade: take away what is granted to it; without, that stands in the way
    Raises Refused for an unknown user, for the main user, and for one that has privileges left.
    """
    account = own(ctx, kind, lock=True)
    user = require(ctx, account, name, host)
    if account.is_main(user.name):
        raise Refused("`%s' is the main user of this account and cannot be deleted", user.name)
    grants = database_grant_table
    held = select(func.count()).select_from(grants).where(grants.c.user_id == user.id)
    if not cascade and ctx.db.execute(held).scalar_one():
        raise Refused("`%s' has privileges in databases; revoke them first or delete it with cascade", user.name)
    ctx.db.execute(delete(database_user_table).where(database_user_table.c.id == user.id))


def require_no_user(db: Connection, kind: Kind, main: str) -> None:
    """Raise Refused where the name of a main user to be is taken by a database user."""
    table = database_user_table
    taken = select(table.c.id).where(table.c.kind == kind.service, table.c.name == main)
    if db.execute(taken).first() is not None:
        raise Refused("%s,dbaseadmin: `%s' is a database user already; name one that is free", kind.service, main)


def _require_free(db: Connection, kind: Kind, name: str, host: str) -> None:
    table = database_user_table
    taken = select(table.c.id).where(table.c.kind == kind.service, table.c.name == name, table.c.host == host)
    main = select(site_table.c.id).where(_MAIN_ADMIN[kind.service] == name)
    if db.execute(taken).first() is not None or db.execute(main).first() is not None:
        raise Refused("The %s user `%s' exists already", kind.title, f"{name}@{host}")


def _untouched(ctx: Context, account: Account, main: str) -> DatabaseUser:
    """Return a main user as it is before anybody edits it; its hash belongs to no known password."""
    kind = account.kind
    digits = ctx.panel.secret.digest(f"{kind.service} user of site {account.site.id}")
    return DatabaseUser(None, main, LOCAL, kind.unset(digits), {})


def _user(row: Any) -> DatabaseUser:
    return DatabaseUser(row.id, row.name, row.host, row.password, row.settings)


def _row(account: Account, name: str, host: str, password: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "site_id": account.site.id, "kind": account.kind.service, "name": name, "host": host, "password": password,
        "settings": dict(settings),
    }  # fmt: skip
