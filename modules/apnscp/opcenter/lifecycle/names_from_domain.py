"""Names that an account gets from its domain when it brings none: its administrator, and what its databases are called.

Where the first label of the domain is taken or cannot be such a name, a number follows it. The panel's own way is not
published (docs/fidelity.md, "Sites").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from sqlalchemy import ColumnElement, Connection, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services import names
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import normalise
from apnscp.opcenter.sites.records import UNIQUE
from apnscp.opcenter.sites.tables import site_table

_LONGEST_USER = 16
_LONGEST_PREFIX = 12
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]")
_COLUMNS = {(service, parameter): column for service, parameter, column in UNIQUE}


def administrator(ctx: Context, domain: str) -> str:
    """Return the name of a new account's administrator: after its domain, valid, and free on the server.

    domain: as it was sent. Raises Refused when it is not a domain.
    """
    label = _label(str(normalise("siteinfo", "domain", domain)), _LONGEST_USER)
    taken = _taken(ctx.db, _COLUMNS["siteinfo", "admin_user"], label)
    return _first_valid(_numbered(label), names.admin_user, taken)


def name_databases(db: Connection, metadata: Metadata, service: str, own_id: int = 0) -> None:
    """Fill in database user and prefix where a document names none, free on the server.

    The user is called as the administrator, the prefix as the primary domain (docs/panel.md, section 6).
    service: mysql or pgsql; own_id: the account, whose own names are free to it; 0 for a new one
    """
    held, admin = metadata[service], metadata.admin_user
    if not held["dbaseadmin"]:
        users = [admin, *(f"{admin[:24]}{number}" for number in range(1, 1000))]
        taken = _taken(db, _COLUMNS[service, "dbaseadmin"], admin[:24], own_id)
        held["dbaseadmin"] = _first_valid(users, names.database_user, taken)
    if not held["dbaseprefix"]:
        label = _label(metadata.domain, _LONGEST_PREFIX)
        taken = _taken(db, _COLUMNS[service, "dbaseprefix"], label, own_id)
        prefixes = (f"{name}_" for name in _numbered(label))
        held["dbaseprefix"] = _first_valid(prefixes, names.database_prefix, taken)


def _label(domain: str, longest: int) -> str:
    """Return the letters and digits of a domain's first label, after a letter and cut to a length."""
    label = _NOT_IN_A_NAME.sub("", domain.partition(".")[0].lower())
    return (label if label[:1].isalpha() else f"u{label}")[:longest]


def _numbered(label: str) -> Iterator[str]:
    yield label
    yield from (f"{label}{number}" for number in count(1))


def _taken(db: Connection, column: ColumnElement[str], beginning: str, own_id: int = 0) -> set[str]:
    held = select(column).where(column.startswith(beginning, autoescape=True), site_table.c.id != own_id)
    return set(db.execute(held).scalars())


def _first_valid(candidates: Iterable[str], check: Callable[[str], str], taken: set[str]) -> str:
    for name in candidates:
        try:
            if name not in taken and check(name) == name:
                return name
        except ValueError:
            continue
    raise Refused("No name could be made from the domain; give siteinfo,admin_user and the database names")
