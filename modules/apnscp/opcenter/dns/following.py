"""What is stored of zones when their site changes: names, addresses and services (docs/panel.md, sections 6 and 23)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from apnscp.core.context import Context
from apnscp.opcenter.dns import mail_records, provider
from apnscp.opcenter.dns.tables import record_table, zone_table
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import Site

_OWN = (zone_table.c.site_id == bindparam("holder")) | (
    zone_table.c.site_id.is_(None) & zone_table.c.name.in_(bindparam("hosts", expanding=True))
)
"""What is stored of a site's zones: its own rows, and those of no account that its domains found when they came."""
_STORED = select(zone_table).where(_OWN)


def leave(db: Connection, site: Site) -> None:
    """Drop the zones of a site that is about to be deleted; they stay where its provider was set to null before."""
    if site.metadata["dns"]["provider"] is None:
        db.execute(update(zone_table).where(zone_table.c.site_id == site.id).values(site_id=None))
    else:
        db.execute(delete(zone_table).where(_OWN), _named(site))


def follow(ctx: Context, before: Site, after: Site) -> None:
    """Bring what is stored of a site's zones in line with a change of the site."""
    old, new = before.metadata, after.metadata
    stored: Sequence[Any] = ctx.db.execute(_STORED, _named(before)).all()
    if stored and _dropped(old, new):
        ctx.db.execute(delete(zone_table).where(zone_table.c.id.in_([row.id for row in stored])))
    elif stored:
        _rename(ctx.db, stored, old, new)
        _readdress(ctx, stored, old, new)
        _restore_mail(ctx, stored, old, after)


def _named(site: Site) -> dict[str, Any]:
    return {"holder": site.id, "hosts": sorted(site.metadata.hosts)}


def _dropped(old: Metadata, new: Metadata) -> bool:
    """Tell whether both switches are thrown: dns is off, and its provider became null."""
    return not new.enabled("dns") and new["dns"]["provider"] is None and old["dns"]["provider"] is not None


def _rename(db: Connection, stored: Sequence[Any], old: Metadata, new: Metadata) -> None:
    """Give the zone of a renamed primary domain its new name, and drop those of aliases that are gone."""
    gone, moved = old.hosts - new.hosts, old.domain not in new.hosts and new.domain not in old.hosts
    for row in stored:
        if row.name == old.domain and moved:
            db.execute(update(zone_table).where(zone_table.c.id == row.id).values(name=new.domain))
        elif row.name in gone:
            db.execute(delete(zone_table).where(zone_table.c.id == row.id))
    if moved:
        _reword(db, stored, old.domain, new.domain)


def _reword(db: Connection, stored: Sequence[Any], old: str, new: str) -> None:
    """Let host names in parameters that lie below the former domain lie below the new one."""
    of_zones = record_table.c.zone_id.in_([row.id for row in stored])
    named = record_table.c.parameter.like(f"%{old}.%") & of_zones
    for row in db.execute(select(record_table).where(named)).all():
        words = [_moved(word, old, new) for word in row.parameter.split(" ")]
        db.execute(update(record_table).where(record_table.c.id == row.id).values(parameter=" ".join(words)))


def _moved(word: str, old: str, new: str) -> str:
    if word == f"{old}." or word.endswith(f".{old}."):
        return word.removesuffix(f"{old}.") + f"{new}."
    return word


def _readdress(ctx: Context, stored: Sequence[Any], old: Metadata, new: Metadata) -> None:
    """Let records with an address that the account had name the one that it has now."""
    pairs = zip(provider.public_addresses(ctx, old), provider.public_addresses(ctx, new), strict=True)
    for former, present in pairs:
        lost = [address for address in former if address not in present]
        if lost and present:
            where = record_table.c.zone_id.in_([row.id for row in stored]) & record_table.c.parameter.in_(lost)
            kind = record_table.c.rr.in_(("A", "AAAA"))
            ctx.db.execute(update(record_table).where(where, kind).values(parameter=present[0]))


def _restore_mail(ctx: Context, stored: Sequence[Any], old: Metadata, after: Site) -> None:
    """Let the mail records stand that were taken out before mail was switched off, or given another provider."""
    new = after.metadata
    same = old.enabled("mail") and provider.of_account(ctx, old, "mail") == provider.of_account(ctx, new, "mail")
    if same or not new.enabled("mail"):
        return
    for row in stored:
        for name, rr, parameter in mail_records.of_zone(ctx, after, row.name):
            taken_out = (record_table.c.zone_id == row.id) & (record_table.c.hidden == 1)
            own = (record_table.c.name == name) & (record_table.c.rr == rr) & (record_table.c.parameter == parameter)
            ctx.db.execute(delete(record_table).where(taken_out, own))
