"""How the zones of an account follow its mail: domains that begin or cease to receive it, and webmail that moves."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete

from apnscp.core.answers_email import MailRecord
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.dns import changes, mail_records, zones
from apnscp.opcenter.dns.record import Record
from apnscp.opcenter.dns.tables import record_table
from apnscp.opcenter.dns.zones import Zone
from apnscp.opcenter.email import transports
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site


def needed(ctx: Context, text: str) -> list[MailRecord]:
    """Return the records that mail at a domain of the caller's account needs, whether or not there is a zone.

    Raises Refused for a domain that is not the account's and is none of its subdomains that receive mail.
    """
    site, domain = records.own(ctx), transports.as_domain(text)
    if domain not in site.metadata.hosts and domain not in transports.of_site(ctx.db, site):
        raise Refused("`%s' is not a domain of this account", domain)
    ttl = ctx.settings.number("dns.default_ttl")
    return [
        {
            "name": f"{name}.{domain}." if name else f"{domain}.", "subdomain": name, "domain": domain, "class": "IN",
            "ttl": ttl, "parameter": parameter, "rr": rr,
        }
        for name, rr, parameter in mail_records.of_domain(ctx, site, domain)
    ]  # fmt: skip


def held(ctx: Context, site: Site, domain: str) -> list[Record]:
    """Return the records for the mail of a domain that are in its zone now."""
    zone = _zone(ctx, site, domain)
    wanted = set(_told(ctx, zone, site, domain))
    return [each for each in zones.contents(ctx, zone) if each.key in wanted]


def changed(ctx: Context, site: Site, domain: str, staying: Iterable[Record] = ()) -> None:
    """Note that a domain begins or ceases to receive mail, or receives it elsewhere; its zone gets a new serial.

    The records that the mail of the domain needs stand whatever was taken out before. staying: records that are in the zone
    from now on as if they had been added by hand
    """
    zone = _zone(ctx, site, domain)
    if not zones.published(ctx, zone):
        return
    zone_id = zones.kept(ctx, zone)
    for name, rr, parameter in _told(ctx, zone, site, domain):
        taken_out = (record_table.c.zone_id == zone_id) & (record_table.c.hidden == 1)
        own = (record_table.c.name == name) & (record_table.c.rr == rr) & (record_table.c.parameter == parameter)
        ctx.db.execute(delete(record_table).where(taken_out, own))
    present = {each.key for each in zones.contents(ctx, zones.fresh(ctx, zone))}
    for each in staying:
        if each.key not in present:
            changes.add(ctx, zones.fresh(ctx, zone), each)


def _zone(ctx: Context, site: Site, domain: str) -> Zone:
    return zones.of_site(ctx, site, transports.host_above(site.metadata.hosts, domain))


def _told(ctx: Context, zone: Zone, site: Site, domain: str) -> Iterable[mail_records.Told]:
    return mail_records.below(zone.name, domain, mail_records.of_domain(ctx, site, domain))
