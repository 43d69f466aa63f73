"""Names of databases that an account gets when it names none."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from sqlalchemy import Connection, or_, select

from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import UNIQUE
from apnscp.opcenter.sites.tables import site_table


def default_database_names(admin_user: str) -> tuple[str, str]:
    """Return the database user and the prefix that an account gets when none are given: its administrator's name.

    Both are unique because administrators' names are (docs/panel.md, section 6).
    """
    return admin_user, admin_user + "_"


def name_databases(db: Connection, metadata: Metadata, service: str, own_id: int = 0) -> None:
    """Fill in database user and prefix where a document names none, after its administrator and free on the server.

    service: mysql or pgsql
    """
    held, columns = metadata[service], [column for owner, _, column in UNIQUE if owner == service]
    for name, prefix in _database_names(metadata.admin_user):
        wanted = {"dbaseprefix": held["dbaseprefix"] or prefix, "dbaseadmin": held["dbaseadmin"] or name}
        fresh = [column == wanted[key] for key, column in zip(wanted, columns, strict=True) if not held[key]]
        if (
            not fresh
            or db.execute(select(site_table.c.id).where(or_(*fresh), site_table.c.id != own_id)).first() is None
        ):
            held.update(wanted)
            return


def _database_names(admin: str) -> Iterator[tuple[str, str]]:
    yield default_database_names(admin)
    yield from (default_database_names(f"{admin[:24]}{number}") for number in count(1))
