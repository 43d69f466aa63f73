"""How databases and their users follow a site: another prefix, another main user, a service that is given up."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, Table, delete, select, update

from apnscp.core.errors import Refused
from apnscp.opcenter.databases import users
from apnscp.opcenter.databases.account import Account
from apnscp.opcenter.databases.tables import database_table, database_user_table


def follow(db: Connection, before: Account, after: Account) -> None:
    """Follow a change of an account on one server; raises Refused for names that are taken or too long."""
    if not after.enabled and after.prefix is None and before.prefix is not None:
        _drop(db, after)
        return
    if before.main_user != after.main_user:
        _rename_main(db, before, after)
    if before.prefix and after.prefix and before.prefix != after.prefix:
        _rename_all(db, database_table, before, after, after.kind.longest_database)
        _rename_all(db, database_user_table, before, after, after.kind.longest_user)


def _drop(db: Connection, account: Account) -> None:
    """Delete everything of an account on a server: its safety switch was thrown twice (docs/panel.md, section 6)."""
    for table in (database_table, database_user_table):
        db.execute(delete(table).where(table.c.site_id == account.site.id, table.c.kind == account.kind.service))


def _rename_main(db: Connection, before: Account, after: Account) -> None:
    table = database_user_table
    if after.main_user is None:
        return
    users.require_no_user(db, after.kind, after.main_user)
    main = (
        (table.c.site_id == after.site.id) & (table.c.kind == after.kind.service) & (table.c.name == before.main_user)
    )
    db.execute(update(table).where(main).values(name=after.main_user))


def _rename_all(db: Connection, table: Table, before: Account, after: Account, longest: int) -> None:
    """Give every name of an account that has the old prefix the new one."""
    old, new, kind = str(before.prefix), str(after.prefix), after.kind
    own = (table.c.site_id == after.site.id) & (table.c.kind == kind.service)
    held = db.execute(select(table.c.id, table.c.name).where(own, table.c.name.startswith(old, autoescape=True))).all()
    renamed = {row.id: (row.name, new + row.name.removeprefix(old)) for row in held if row.name != after.main_user}
    _require_possible(db, table, after, renamed, longest)
    # a name that becomes one of its fellows' comes after it, so that no two are the same in between
    order = sorted(renamed, key=lambda row_id: len(renamed[row_id][0]), reverse=len(new) > len(old))
    for row_id in order:
        db.execute(update(table).where(table.c.id == row_id).values(name=renamed[row_id][1]))


def _require_possible(
    db: Connection, table: Table, after: Account, renamed: Mapping[int, tuple[str, str]], longest: int
) -> None:  # fmt: skip
    kind, names = after.kind, {name for _, name in renamed.values()}
    for old, name in renamed.values():
        if len(name) > longest:
            raise Refused(
                "%s,dbaseprefix: `%s' would be `%s', longer than %d characters; name a shorter prefix",
                kind.service, old, name, longest,
            )  # fmt: skip
    taken = select(table.c.name).where(
        table.c.kind == kind.service, table.c.name.in_(sorted(names)), table.c.site_id != after.site.id
    )
    held = db.execute(taken).scalar() if names else None
    if held is not None:
        raise Refused("%s,dbaseprefix: `%s' belongs to another account; name another prefix", kind.service, held)
