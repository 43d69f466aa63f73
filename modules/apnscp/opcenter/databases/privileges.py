"""What database users may do in the databases of their account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.databases import catalogue, users
from apnscp.opcenter.databases.account import own
from apnscp.opcenter.databases.kinds import Kind
from apnscp.opcenter.databases.tables import database_grant_table
from apnscp.opcenter.services.booleans import boolean
from apnscp.opcenter.store.statements import upsert


def of_user(ctx: Context, kind: Kind, user: str, host: str, database: str) -> dict[str, bool]:
    """Return every privilege and whether a user has it in a database; the main user has all of them.

    Raises Refused for an unknown user or database.
    """
    account = own(ctx, kind)
    found, row = users.require(ctx, account, user, host), catalogue.require(ctx, kind, database)
    held = set(kind.privileges) if account.is_main(found.name) else _held(ctx.db, found.id, row.id)
    return {name: name in held for name in kind.privileges}


def grant(
    ctx: Context, kind: Kind, user: str, host: str, database: str, given: Mapping[Any, Any], *, keep: bool = False
) -> None:  # fmt: skip
    """Give a user privileges in a database.

    given: privilege or shortcut to whether it is granted, or a list of those that are; a single privilege counts for
        more than a shortcut
    keep: leave what `given` does not name; without, it is taken away
    Raises Refused for an unknown user, database or privilege, and for the main user, which has all privileges.
    """
    user_id, database_id = _secondary(ctx, kind, user, host, database)
    named = _named(kind, given)
    before = _held(ctx.db, user_id, database_id) if keep else set()
    granted = [name for name in kind.privileges if named.get(name, name in before)]
    _put(ctx.db, user_id, database_id, granted)


def revoke(ctx: Context, kind: Kind, user: str, host: str, database: str) -> None:
    """Take all privileges in a database away from a user; raises Refused as `grant` does."""
    _put(ctx.db, *_secondary(ctx, kind, user, host, database), [])


def _secondary(ctx: Context, kind: Kind, user: str, host: str, database: str) -> tuple[int, int]:
    account = own(ctx, kind)
    found, row = users.require(ctx, account, user, host), catalogue.require(ctx, kind, database)
    if account.is_main(found.name) or found.id is None:
        raise Refused("`%s' is the main user of this account and always has all privileges", found.name)
    return found.id, int(row.id)


def _named(kind: Kind, given: Mapping[Any, Any]) -> dict[str, bool]:
    """Return the privileges that `given` names with their values, shortcuts resolved."""
    asked = {str(value): True for value in given.values()} if _is_list(given) else dict(given)
    single: dict[str, bool] = {}
    wide: dict[str, bool] = {}
    for name, value in asked.items():
        bare, granted = str(name).strip().lower().replace(" ", "_"), _switch(str(name), value)
        if bare in kind.shortcuts:
            wide |= dict.fromkeys(kind.shortcuts[bare], granted)
        elif bare in kind.privileges:
            single[bare] = granted
        else:
            known = ", ".join([*kind.shortcuts, *kind.privileges])
            raise Refused("Unknown privilege `%s'; there are %s", str(name)[:64], known)
    return wide | single


def _is_list(given: Mapping[Any, Any]) -> bool:
    return all(isinstance(key, int) for key in given)


def _switch(name: str, value: Any) -> bool:
    try:
        return value if isinstance(value, bool) else boolean(str(value))
    except ValueError:
        raise Refused("%s: `%s' is neither true nor false", name[:64], str(value)[:64]) from None


def _held(db: Connection, user_id: int | None, database_id: int) -> set[str]:
    table = database_grant_table
    held = select(table.c.privileges).where(table.c.user_id == user_id, table.c.database_id == database_id)
    return set(db.execute(held).scalar() or ())


def _put(db: Connection, user_id: int, database_id: int, privileges: list[str]) -> None:
    table = database_grant_table
    if privileges:
        upsert(db, table, {"user_id": user_id, "database_id": database_id, "privileges": privileges})
    else:
        db.execute(delete(table).where(table.c.user_id == user_id, table.c.database_id == database_id))
