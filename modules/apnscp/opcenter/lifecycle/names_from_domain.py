"""Names that an account gets from its domain when it brings none: its administrator, and what its databases are called.

Where the first label of the domain is taken or cannot be such a name, a number follows it. The panel's own way is not
published (docs/fidelity.md, "Sites").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, islice

from sqlalchemy import Column, Connection, bindparam, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services import names
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import UNIQUE
from apnscp.opcenter.sites.tables import site_table

_LONGEST_USER = 16
_LONGEST_PREFIX = 12
_MOST_AT_ONCE = 512
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]")
_COLUMNS = {(service, parameter): column for service, parameter, column in UNIQUE}
_HELD = {
    column.name: select(column).where(
        column.in_(bindparam("some", expanding=True)), site_table.c.id != bindparam("own_id")
    )
    for _, _, column in UNIQUE
}
"""By column: which of some names other accounts hold."""


def administrator(ctx: Context, domain: str) -> str:
    """Return the name of a new account's administrator: after its domain, valid, and free on the server.

    domain: in its stored form
    """
    names_in_turn = _numbered(_label(domain, _LONGEST_USER))
    return _first_free(ctx.db, _COLUMNS["siteinfo", "admin_user"], names_in_turn, names.admin_user)


def with_database_names(db: Connection, metadata: Metadata, service: str, own_id: int = 0) -> Metadata:
    """Return a document with database user and prefix, free on the server, where it names none.

    The user is called as the administrator, the prefix as the primary domain (docs/panel.md, section 6).
    service: mysql or pgsql; own_id: the account, whose own names are free to it; 0 for a new one
    """
    held, found = metadata[service], {}
    if not held["dbaseadmin"]:
        admin = metadata.admin_user
        users = chain([admin], (f"{admin[:24]}{number}" for number in range(1, 1000)))
        found["dbaseadmin"] = _first_free(db, _COLUMNS[service, "dbaseadmin"], users, names.database_user, own_id)
    if not held["dbaseprefix"]:
        prefixes = (f"{name}_" for name in _numbered(_label(metadata.domain, _LONGEST_PREFIX)))
        found["dbaseprefix"] = _first_free(
            db, _COLUMNS[service, "dbaseprefix"], prefixes, names.database_prefix, own_id
        )
    return metadata.with_values({service: found}) if found else metadata


def _label(domain: str, longest: int) -> str:
    """Return the letters and digits of a domain's first label, after a letter and cut to a length."""
    label = _NOT_IN_A_NAME.sub("", domain.partition(".")[0].lower())
    return (label if label[:1].isalpha() else f"u{label}")[:longest]


def _numbered(label: str) -> Iterator[str]:
    yield label
    yield from (f"{label}{number}" for number in count(1))


def _first_free(
    db: Connection, column: Column[str], candidates: Iterable[str], check: Callable[[str], str], own_id: int = 0
) -> str:
    """Return the first candidate that is valid and that no other account holds; raises Refused when there is none.

    The first is mostly free, so it is asked for alone, and then more and more at once.
    """
    valid, at_once = (name for name in candidates if _is_valid(name, check)), 1
    while some := list(islice(valid, at_once)):
        taken = set(db.execute(_HELD[column.name], {"some": some, "own_id": own_id}).scalars())
        for name in some:
            if name not in taken:
                return name
        at_once = min(at_once * 8, _MOST_AT_ONCE)
    raise Refused("No name could be made from the domain; give siteinfo,admin_user and the database names")


def _is_valid(name: str, check: Callable[[str], str]) -> bool:
    try:
        return check(name) == name
    except ValueError:
        return False
