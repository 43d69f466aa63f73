"""What the FTP server is told of single users (docs/panel.md, section 30)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from apnscp.opcenter.ftp import directives
from apnscp.opcenter.ftp.tables import ftp_option_table
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.users.people import User

_JAIL, _ROOT = "chroot_local_user", "local_root"


def of_user(db: Connection, user: User) -> dict[str, str]:
    """Return the directives of a user by name."""
    columns = ftp_option_table.c.name, ftp_option_table.c.value
    rows = db.execute(select(*columns).where(_of(user)).order_by(ftp_option_table.c.name))
    return {row.name: row.value for row in rows}


def put(db: Connection, user: User, directive: str, value: Any) -> None:
    """Set a directive of a user; None or empty text takes it back. Raises Refused for what vsftpd would not take."""
    name = directives.named(directive)
    if value is None or value == "":
        db.execute(delete(ftp_option_table).where(_of(user), ftp_option_table.c.name == name))
    else:
        values = {"user_id": user.id, "name": name, "value": directives.value_of(name, value)}
        upsert(db, ftp_option_table, values)


def jail(db: Connection, user: User, directory: str) -> None:
    """Keep a user in a directory, the home where it is empty; raises Refused for one that cannot be."""
    put(db, user, _JAIL, True)
    put(db, user, _ROOT, directory)


def release(db: Connection, user: User) -> None:
    """Let a user out of the directory in which it was kept."""
    put(db, user, _JAIL, None)
    put(db, user, _ROOT, None)


def is_jailed(db: Connection, user: User) -> bool:
    """Tell whether a user is kept in a directory."""
    return of_user(db, user).get(_JAIL) == "YES"


def _of(user: User) -> ColumnElement[bool]:
    return ftp_option_table.c.user_id == user.id
