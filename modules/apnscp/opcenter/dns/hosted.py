"""Which domains and addresses the panel hosts, whoever asks."""

from __future__ import annotations

from sqlalchemy import Connection, select

from apnscp.core.context import Context
from apnscp.opcenter.services import networks
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites.records import DEDICATED
from apnscp.opcenter.sites.tables import dedicated_address_table, host_table, site_table


def holder(db: Connection, domain: str) -> int | None:
    """Return the id of the site that has a domain, None for a domain of nobody."""
    return db.execute(select(host_table.c.site_id).where(host_table.c.name == host_form(domain).rstrip("."))).scalar()


def domains(db: Connection) -> list[str]:
    """Return all domains of all sites, primary domains and aliases alike, in order."""
    return list(db.execute(select(host_table.c.name).order_by(host_table.c.name)).scalars())


def primary_domain(db: Connection, site_id: int) -> str:
    """Return the primary domain of a site."""
    return str(db.execute(select(site_table.c.domain).where(site_table.c.id == site_id)).scalar_one())


def holders_of_address(ctx: Context, text: str) -> list[str]:
    """Return the primary domains of the sites that an address is given to, as a dedicated or a shared one.

    Raises Refused for what is not an address.
    """
    address = networks.address(text)
    owner = select(dedicated_address_table.c.site_id).where(dedicated_address_table.c.address == address)
    found = ctx.db.execute(owner).scalar()
    if found is not None:
        return [primary_domain(ctx.db, found)]
    rows = ctx.db.execute(select(site_table.c.domain, site_table.c.doc).order_by(site_table.c.domain)).all()
    return [row.domain for row in rows if any(address in _shared(row.doc, service) for service in DEDICATED)]


def _shared(document: dict[str, dict[str, object]], service: str) -> list[str]:
    values = document.get(service, {})
    listed = values.get("nbaddrs") if values.get("namebased") else None
    return [str(each) for each in listed] if isinstance(listed, list) else []
