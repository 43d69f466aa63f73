"""The further domains of a site: those that it holds, and those that wait in the journal (docs/panel.md, section 22)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Connection, select, update

from apnscp.opcenter.aliases.tables import addon_domain_table
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.statements import upsert

State = Literal["", "add", "remove"]
USUAL_PATH = "/var/www/html/"
"""Document root of the primary domain, and of every other domain that has none of its own."""


@dataclass(frozen=True)
class AddonDomain:
    """A domain of a site beside the primary one.

    path: its document root, with a final slash; owner: the user who owns it, None for the administrator
    journal: what is to become of it; empty for one that is held and stays
    """

    name: str
    path: str = USUAL_PATH
    owner: str | None = None
    journal: State = ""


def of_site(db: Connection, site: Site) -> list[AddonDomain]:
    """Return the domains of a site: those that it holds in their order, then those that wait to be added."""
    kept = {row.name: row for row in _rows(db, site.id)}
    held = site.metadata.aliases
    names = held + [name for name in kept if name not in held]
    return [kept.get(name, AddonDomain(name)) for name in names]


def wanted(domains: Iterable[AddonDomain]) -> list[AddonDomain]:
    """Return the domains that remain once the journal is applied."""
    return [each for each in domains if each.journal != "remove"]


def keep(db: Connection, site_id: int, domain: AddonDomain) -> None:
    """Write down what is known of a domain, in place of what was."""
    values = {"path": domain.path, "owner": domain.owner, "journal": domain.journal}
    key = {"site_id": site_id, "name": domain.name}
    upsert(db, addon_domain_table, key | values, by=tuple(key))


def forget(db: Connection, site_id: int, name: str) -> None:
    """Delete what is known of a domain."""
    db.execute(addon_domain_table.delete().where(_of(site_id), addon_domain_table.c.name == name))


def is_wanted_elsewhere(db: Connection, site_id: int, name: str) -> bool:
    """Tell whether another site waits to add a domain."""
    table = addon_domain_table
    others = select(table.c.id).where(table.c.name == name, table.c.site_id != site_id, table.c.journal == "add")
    return db.execute(others.limit(1)).first() is not None


def follow(db: Connection, site: Site) -> None:
    """Bring the rows of a site in line with aliases,aliases: what was added is held, what was removed is forgotten."""
    held = site.metadata.aliases
    for domain in _rows(db, site.id):
        if domain.name in held and domain.journal == "add":
            keep(db, site.id, AddonDomain(domain.name, domain.path, domain.owner))
        elif domain.name == site.domain or (domain.name not in held and domain.journal != "add"):
            forget(db, site.id, domain.name)


def rename_owner(db: Connection, site_id: int, before: str, after: str | None) -> None:
    """Give the domains of one user to another, or with None to the administrator."""
    mine = update(addon_domain_table).where(_of(site_id), addon_domain_table.c.owner == before)
    db.execute(mine.values(owner=after))


def _rows(db: Connection, site_id: int) -> list[AddonDomain]:
    table = addon_domain_table
    columns = table.c.name, table.c.path, table.c.owner, table.c.journal
    rows = db.execute(select(*columns).where(_of(site_id)).order_by(table.c.id))
    return [AddonDomain(row.name, row.path, row.owner, row.journal) for row in rows]


def _of(site_id: int) -> ColumnElement[bool]:
    return addon_domain_table.c.site_id == site_id
