"""Filling a panel with many accounts at once, of the same shape as `operations.add` gives them.

A document is built once for each plan as for a new account; each account gets a copy with what is its own. All seeded
administrators have one password, hashed once: a hash takes longer than an account.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count, islice
from random import Random

from sqlalchemy import Connection, select

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import address_pools, edits, operations, rooms
from apnscp.opcenter.lifecycle.seed_names import REASONS, administrator, domains
from apnscp.opcenter.plans import library
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import NewSite, add_all, take_ids
from apnscp.opcenter.sites.tables import host_table, site_table
from apnscp.opcenter.users import passwords, people

PASSWORD = "seeded-and-known"
"""Password of every seeded administrator."""
AT_ONCE = 1_000
_DAY = 86_400
_YEARS = 4 * 365 * _DAY
_GROUPS = (1, 1, 1, 1, 2, 2, 3, 3, 4, 6)
"""Sizes of the groups that share an invoice: one site in four is alone."""


@dataclass
class Seeder:
    """Makes accounts; the same seed on the same panel makes the same ones.

    suspended: share of accounts that are suspended, 0 to 1
    """

    ctx: Context
    suspended: float = 0.05
    seed: int = 42
    _left: int = field(default=0, init=False)
    _invoice: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """Read which names are taken, and the plans."""
        self._random = Random(self.seed)
        self._hosts = _taken(self.ctx.db)
        self._admins = _taken_admins(self.ctx.db)
        self._domains = domains(self._random, self._hosts)
        self._documents = {name: operations.draft(self.ctx, name) for name in library.plans_of(self.ctx).names()}
        self._names = list(self._documents)
        self._password = passwords.crypt(PASSWORD)
        self._invoices = free_invoices(self.ctx.db)
        self._now = self.ctx.clock.unix()
        self._pool = address_pools.pool(self.ctx)

    def fill(self, db: Connection, number: int) -> int:
        """Add `number` accounts in one unit of work and return it; `db` is a writing transaction."""
        first = take_ids(db, number)
        sites = add_all(db, [self._site(first + offset) for offset in range(number)])
        people.add_all(db, [(site.id, site.admin_user, self._password, site.metadata.created) for site in sites])
        ctx = replace(self.ctx, transaction=db)
        for site in sites:
            rooms.changed(ctx, None, site)
        return number

    def _site(self, site_id: int) -> NewSite:
        random = self._random
        domain = next(self._domains)
        metadata = self._document(domain)
        created = self._now - random.randrange(_YEARS)
        metadata["billing"] = {**metadata["billing"], **self._billing(), "ctime": created}
        if self._pool and metadata["ipinfo"]["namebased"] and not metadata["ipinfo"]["nbaddrs"]:
            metadata["ipinfo"] = {**metadata["ipinfo"], "nbaddrs": [self._pool[site_id % len(self._pool)]]}
        if random.random() >= self.suspended:
            return NewSite(site_id, metadata, created)
        since = self._now - min(random.randrange(120 * _DAY), self._now - created)
        reason = random.choice(REASONS).format(invoice=self._invoice)
        return NewSite(site_id, metadata, created, since, reason)

    def _document(self, domain: str) -> Metadata:
        random = self._random
        admin = administrator(domain, self._admins)
        # every second account is on the first plan: real panels have one that most customers take
        plan = self._names[0] if random.random() < 0.5 else random.choice(self._names)
        metadata = Metadata(self._documents[plan])
        metadata["siteinfo"] = {
            **metadata["siteinfo"],
            "domain": domain,
            "admin_user": admin,
            "email": f"{admin}@{domain}",
        }
        for service in edits.DATABASES:
            if metadata.enabled(service):
                # the administrator is called after the domain, and so are the databases
                metadata[service] = {**metadata[service], "dbaseadmin": admin, "dbaseprefix": f"{admin}_"}
        if random.random() < 0.15:
            metadata["aliases"] = {
                **metadata["aliases"],
                "aliases": list(islice(self._domains, random.randrange(1, 4))),
            }
        return metadata

    def _billing(self) -> dict[str, str | None]:
        """Return invoice and parent invoice: the first site of a group holds it, the others name it as their parent."""
        if self._left:
            self._left -= 1
            return {"invoice": None, "parent_invoice": self._invoice}
        self._left = self._random.choice(_GROUPS) - 1
        self._invoice = next(self._invoices)
        return {"invoice": self._invoice, "parent_invoice": None}


def free_invoices(db: Connection) -> Iterator[str]:
    """Go through invoice numbers that no account holds, without end."""
    held = set(db.execute(select(site_table.c.invoice).where(site_table.c.invoice.like("INV-%"))).scalars())
    return (f"INV-{number}" for number in count(1001) if f"INV-{number}" not in held)


def _taken(db: Connection) -> set[str]:
    return set(db.execute(select(host_table.c.name)).scalars())


def _taken_admins(db: Connection) -> set[str]:
    """Return administrators' names that are taken, or that would give database names that are."""
    rows = db.execute(
        select(
            site_table.c.admin_user,
            site_table.c.mysql_admin,
            site_table.c.pgsql_admin,
            site_table.c.mysql_prefix,
            site_table.c.pgsql_prefix,
        )
    )
    return {name.removesuffix("_") for row in rows for name in row if name}
