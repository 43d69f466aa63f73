"""How callers name sites: siteNN, a domain, an alias, an invoice, a number (docs/panel.md, section 5).

The order of resolution is not published; ours is the order of that list, so that an invoice never hides a domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, or_, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites.tables import host_table, site_table

_SITE = re.compile(r"site([1-9]\d{0,8})\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[1-9]\d{0,8}\Z")

_BY_ID = select(site_table.c.id).where(site_table.c.id == bindparam("id"))
_BY_HOST = select(host_table.c.site_id).where(host_table.c.name == bindparam("name"))
_BY_INVOICE = (
    select(site_table.c.id)
    .where(or_(site_table.c.invoice == bindparam("invoice"), site_table.c.parent_invoice == bindparam("invoice")))
    .order_by(site_table.c.id)
)


def site_name(site_id: int) -> str:
    """Return the identifier of a site: ``site`` and its number."""
    return f"site{site_id}"


def number_of(identifier: str) -> int | None:
    """Return the number in a site id such as ``site5``, whether or not there is such a site; None for anything else."""
    found = _SITE.match(identifier.strip())
    return int(found[1]) if found else None


def find_one(db: Connection, identifier: str) -> int | None:
    """Return the id of the one site that a site id, a host name or a number stands for, or None."""
    text = identifier.strip()
    number = _SITE.match(text)
    if number:
        return _existing(db, int(number[1]))
    found = db.execute(_BY_HOST, {"name": host_form(text)}).scalar()
    if found is None and _NUMBER.match(text):
        return _existing(db, int(text))
    return found


def find_group(db: Connection, identifier: str) -> list[int]:
    """Return the ids of all sites that an identifier stands for: one, or the group of an invoice."""
    text = identifier.strip()
    if _SITE.match(text) or "." in text:
        one = find_one(db, text)
        if one is not None:
            return [one]
    return list(by_invoice(db, text)) or [one for one in [find_one(db, text)] if one is not None]


def by_invoice(db: Connection, invoice: str) -> Sequence[int]:
    """Return the ids of the sites that hold an invoice as their own or their parent's."""
    return db.execute(_BY_INVOICE, {"invoice": invoice}).scalars().all() if invoice else []


def all_ids(db: Connection) -> list[int]:
    """Return the ids of all sites, in order."""
    return list(db.execute(select(site_table.c.id).order_by(site_table.c.id)).scalars())


def domains_by_id(db: Connection) -> Iterator[tuple[int, str]]:
    """Go through (id, primary domain) of all sites, ordered by domain."""
    rows = db.execute(select(site_table.c.id, site_table.c.domain).order_by(site_table.c.domain))
    return ((row[0], row[1]) for row in rows)


def _existing(db: Connection, site_id: int) -> int | None:
    found: int | None = db.execute(_BY_ID, {"id": site_id}).scalar()
    return found


def require_one(ctx: Context, identifier: str) -> int:
    """Return the id of the site that `identifier` names; raises Refused when there is none."""
    found = find_one(ctx.db, identifier)
    if found is None:
        raise Refused("Unknown site `%s'; a site id, domain or alias is expected", identifier)
    return found


def require_group(ctx: Context, identifier: str) -> list[int]:
    """Return the ids of the sites that `identifier` names; raises Refused when there is none."""
    found = find_group(ctx.db, identifier)
    if not found:
        raise unknown(identifier)
    return found


def unknown(identifier: str) -> Refused:
    """Return the refusal of an identifier that no site answers to."""
    return Refused("Unknown site `%s'; a site id, domain, alias or invoice is expected", identifier)
