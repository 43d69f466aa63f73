"""Zones: which there are, what is in them, and who may change them (docs/panel.md, section 23)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.dns import defaults, provider
from apnscp.opcenter.dns.record import Record
from apnscp.opcenter.dns.tables import record_table, zone_table
from apnscp.opcenter.services import names
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites import records as sites
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import host_table

_ROW = select(zone_table).where(zone_table.c.name == bindparam("zone"))
_HOLDER = select(host_table.c.site_id).where(host_table.c.name == bindparam("host"))
_KEPT = select(record_table).where(record_table.c.zone_id == bindparam("zone_id")).order_by(record_table.c.id)


@dataclass(frozen=True)
class Zone:
    """A zone.

    site: whose domain it is, None for a zone of no account; row: what is stored of it, None while nothing is
    """

    name: str
    site: Site | None
    row: Any = None

    @property
    def exists(self) -> bool:
        """Tell whether the zone was not removed; whether it is published is for `published` to say."""
        return self.site is not None if self.row is None else not self.row.removed


def zone_name(text: str) -> str:
    """Return the name of a zone as it is stored; raises Refused for what is not a domain."""
    try:
        return names.domain(host_form(text).rstrip("."))
    except ValueError:
        raise Refused("%s is not a domain", shown(text)) from None


def look_up(ctx: Context, text: str) -> Zone:
    """Return a zone that the caller may see, whether or not it exists.

    Raises Refused where an account names a domain that is not its own.
    """
    name = zone_name(text)
    if not ctx.is_admin:
        site = sites.own(ctx)
        if name not in site.metadata.hosts:
            raise Refused("`%s' is not a domain of this account; web:list-domains lists them", name)
        return Zone(name, site, _row(ctx, name))
    holder = ctx.db.execute(_HOLDER, {"host": name}).scalar()
    return Zone(name, None if holder is None else sites.load(ctx.db, holder), _row(ctx, name))


def of_site(ctx: Context, site: Site, domain: str) -> Zone:
    """Return the zone of a domain that a site holds, whether or not it exists."""
    return Zone(domain, site, _row(ctx, domain))


def published(ctx: Context, zone: Zone) -> bool:
    """Tell whether a zone exists, and its account has dns switched on and with a provider."""
    return zone.exists and (zone.site is None or provider.served(ctx, zone.site.metadata))


def contents(ctx: Context, zone: Zone) -> list[Record]:
    """Return all records of a zone: what follows from its site without what was taken out, and what was added."""
    if not published(ctx, zone):
        return []
    kept = ctx.db.execute(_KEPT, {"zone_id": zone.row.id}).all() if zone.row else []
    hidden = {(row.name, row.rr, row.parameter) for row in kept if row.hidden}
    added = [Record(row.name, row.rr, row.parameter, row.ttl) for row in kept if not row.hidden]
    found = {record.key: record for record in [*derived(ctx, zone), *added] if record.key not in hidden}
    return [*defaults.authority(ctx, zone.name, _serial(zone)), *found.values()]


def derived(ctx: Context, zone: Zone) -> list[Record]:
    """Return the records of a zone that follow from its site, or from the address it was added with."""
    if zone.site is None:
        return defaults.at_address(ctx, zone.row.address) if zone.row and zone.row.address else []
    begun = defaults.provisioning(ctx, zone.site, zone.name)
    return begun + defaults.of_subdomains(ctx, zone.site, zone.name)


def add(ctx: Context, text: str, address: str) -> bool:
    """Add a zone of no account, or give the domain of an account its zone back; tell whether there was none before."""
    zone = look_up(ctx, text)
    if published(ctx, zone):
        return False
    if zone.site is not None and not provider.served(ctx, zone.site.metadata):
        ctx.info("%s: dns is off or its provider is null, so there is no zone; set dns,provider", zone.site.label)
        return True
    if zone.row is not None:
        ctx.db.execute(update(zone_table).where(zone_table.c.id == zone.row.id).values(removed=0))
    kept(ctx, zone, address)
    return True


def remove(ctx: Context, text: str) -> None:
    """Remove a zone with its records; raises Refused when there is none."""
    zone = look_up(ctx, text)
    if not published(ctx, zone):
        raise Refused("There is no zone `%s'; dns:get-all-domains lists the domains of accounts", zone.name)
    if zone.site is None:
        ctx.db.execute(delete(zone_table).where(zone_table.c.id == zone.row.id))
        return
    zone_id = kept(ctx, zone)
    ctx.db.execute(delete(record_table).where(record_table.c.zone_id == zone_id))
    ctx.db.execute(update(zone_table).where(zone_table.c.id == zone_id).values(removed=1))


def kept(ctx: Context, zone: Zone, address: str | None = None) -> int:
    """Return the number of a zone's row, which is made or gets a new serial."""
    now = ctx.clock.unix()
    if zone.row is not None:
        serial = max(now, zone.row.serial + 1)
        holder = zone.site.id if zone.site else None
        values = {"serial": serial, "site_id": holder}
        ctx.db.execute(update(zone_table).where(zone_table.c.id == zone.row.id).values(values))
        return int(zone.row.id)
    row = {"site_id": zone.site.id if zone.site else None, "name": zone.name, "address": address, "removed": 0}
    serial = max(now, zone.site.metadata.created if zone.site else 0) + 1
    made = ctx.db.execute(insert(zone_table).values(**row, serial=serial)).inserted_primary_key
    return int(made[0]) if made else 0


def touch(ctx: Context, site: Site, domain: str, name: str) -> None:
    """Note a change of a subdomain in a zone: a new serial, and its records stand whatever was taken out before."""
    zone = of_site(ctx, site, domain)
    if not published(ctx, zone):
        return
    zone_id = kept(ctx, zone)
    own = record_table.c.name.in_([name, f"www.{name}"]) & (record_table.c.hidden == 1)
    ctx.db.execute(delete(record_table).where(record_table.c.zone_id == zone_id, own))


def fresh(ctx: Context, zone: Zone) -> Zone:
    """Return a zone as it is stored now."""
    return replace(zone, row=_row(ctx, zone.name))


def _row(ctx: Context, name: str) -> Any:
    return ctx.db.execute(_ROW, {"zone": name}).first()


def _serial(zone: Zone) -> int:
    stored = zone.row.serial if zone.row else 0
    return max(stored, zone.site.metadata.created) + zone.site.revision if zone.site else stored
