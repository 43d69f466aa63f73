"""The addresses of an account as they are kept.

A new account has two: its administrator's name and postmaster, mailboxes of its administrator at the primary domain.
They follow from the site and are written down with the first change, so that most accounts need no row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from apnscp.opcenter.email.tables import mail_address_table
from apnscp.opcenter.sites import site_data
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table

MAILBOX, FORWARD = "v", "a"
STANDING = ("postmaster",)
"""Addresses that a new account has beside its administrator's name."""
_KEPT = ("email", "addresses")
_COLUMNS = tuple(column for column in mail_address_table.c if column.name != "site_id")
_OF_SITE = select(*_COLUMNS, user_table.c.name).outerjoin(user_table, user_table.c.id == mail_address_table.c.user_id)


@dataclass(frozen=True)
class Address:
    """An address: a mailbox of a user, or a forward.

    local: empty for a catch-all; type: MAILBOX or FORWARD
    user_id, user: whose mailbox it is; folder: in it, empty for the inbox; destination: of a forward
    """

    local: str
    domain: str
    type: str
    user_id: int | None = None
    user: str = ""
    folder: str = ""
    destination: str = ""
    enabled: bool = True
    id: int | None = None

    @property
    def full(self) -> str:
        """Return the address as people write it."""
        return f"{self.local}@{self.domain}"


def of_site(db: Connection, site: Site) -> list[Address]:
    """Return the addresses of a site, sorted by domain and name."""
    rows = db.execute(_OF_SITE.where(mail_address_table.c.site_id == site.id)).all()
    found = [_address(row) for row in rows] if rows or _is_kept(db, site) else _initial(db, site)
    return sorted(found, key=lambda address: (address.domain != site.domain, address.domain, address.local))


def find(db: Connection, site: Site, local: str, domain: str) -> Address | None:
    """Return an address of a site, None when there is none; case does not count."""
    wanted = (local.strip().lower(), domain.strip().lower())
    return next((address for address in of_site(db, site) if (address.local, address.domain) == wanted), None)


def keep(db: Connection, site: Site) -> None:
    """Write the addresses down that a new account has, once, before the first change."""
    if not _is_kept(db, site):
        put_all(db, site.id, _initial(db, site))
        site_data.put(db, site.id, *_KEPT, True)


def put_all(db: Connection, site_id: int, fresh: Sequence[Address]) -> None:
    """Add addresses; that they are free is for the caller to know."""
    if fresh:
        db.execute(insert(mail_address_table), [{"site_id": site_id, **values_of(address)} for address in fresh])


def values_of(address: Address) -> dict[str, Any]:
    """Return the columns of an address beside its number and its site."""
    return {
        "user_id": address.user_id, "local": address.local, "domain": address.domain, "type": address.type,
        "folder": address.folder, "destination": address.destination, "enabled": int(address.enabled),
    }  # fmt: skip


def _is_kept(db: Connection, site: Site) -> bool:
    return bool(site_data.get(db, site.id, *_KEPT))


def _initial(db: Connection, site: Site) -> list[Address]:
    if not site.metadata.enabled("mail"):
        return []
    admin = people.require(db, site.id, site.admin_user)
    locals_ = dict.fromkeys((site.admin_user, *STANDING))
    return [Address(local, site.domain, MAILBOX, admin.id, admin.name) for local in locals_]


def _address(row: Any) -> Address:
    return Address(
        row.local,
        row.domain,
        row.type,
        row.user_id,
        row.name or "",
        row.folder,
        row.destination,
        bool(row.enabled),
        row.id,
    )
