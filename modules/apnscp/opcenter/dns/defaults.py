"""The records that a zone has by itself: worked out from its site when they are asked for, never stored.

So a new account costs nothing here, and the records always say what its addresses, services and subdomains are now.
"""

from __future__ import annotations

from collections.abc import Iterator

from apnscp.core.context import Context
from apnscp.opcenter.dns import mail_records, provider, rdata
from apnscp.opcenter.dns.record import Record
from apnscp.opcenter.services.host_names import host_of
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.web import subdomains

SERVERS = (("apache", "webserver"), ("ftp", "ftpserver"))
"""Parameters whose host names have address records, as far as their service is on."""
TIMES = "3600 1800 604800 600"
"""Refresh, retry, expire and minimum of a zone, in seconds."""


def authority(ctx: Context, zone: str, serial: int) -> list[Record]:
    """Return the records about a zone itself: SOA and NS."""
    servers, ttl = provider.name_servers(ctx), ctx.settings.number("dns.default_ttl")
    start = f"{servers[0]}. hostmaster.{zone}. {serial % 2**32} {TIMES}"
    return [Record("", "SOA", start, ttl), *(Record("", "NS", f"{server}.", ttl) for server in servers)]


def provisioning(ctx: Context, site: Site, zone: str) -> list[Record]:
    """Return the records with which a zone of an account begins: the web, FTP and mail."""
    ttl, metadata = ctx.settings.number("dns.default_ttl"), site.metadata
    names = ["", *(name for service, parameter in SERVERS for name in _below(metadata, service, parameter, zone))]
    told = [*_addresses(ctx, metadata, names), *mail_records.of_zone(ctx, site, zone)]
    if uuid := ctx.settings.text("dns.uuid"):
        told.append((ctx.settings.text("dns.uuid_name"), "TXT", rdata.canonical("TXT", uuid, zone)))
    return [Record(*each, ttl) for each in dict.fromkeys(told)]


def of_subdomains(ctx: Context, site: Site, zone: str) -> list[Record]:
    """Return the records of the subdomains in a zone, each with its ``www.``."""
    ttl, names = ctx.settings.number("dns.default_ttl"), []
    for name in subdomains.of_site(ctx.db, site.id):
        part, domains = subdomains.bare(site.metadata, name)
        if zone in domains:
            names += [part] if part.startswith("*") else [part, f"www.{part}"]
    return [Record(*each, ttl) for each in _addresses(ctx, site.metadata, names)]


def at_address(ctx: Context, address: str) -> list[Record]:
    """Return the records of a zone that belongs to no account: it and its ``www.`` have one address."""
    rr, ttl = "AAAA" if ":" in address else "A", ctx.settings.number("dns.default_ttl")
    return [Record(name, rr, address, ttl) for name in ("", "www")]


def _addresses(ctx: Context, metadata: Metadata, names: list[str]) -> Iterator[tuple[str, str, str]]:
    both = provider.public_addresses(ctx, metadata)
    for name in names:
        for rr, found in zip(("A", "AAAA"), both, strict=True):
            for address in found:
                yield name, rr, address


def _below(metadata: Metadata, service: str, parameter: str, zone: str) -> list[str]:
    """Return the name of a server relative to a zone, nothing for a service that is off or a host elsewhere."""
    host = host_of(str(metadata[service][parameter]), zone)
    return [host.removesuffix("." + zone)] if metadata.enabled(service) and host.endswith("." + zone) else []
