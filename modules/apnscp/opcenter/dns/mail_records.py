"""Records for the domains of an account that receive mail (docs/panel.md, section 24)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apnscp.core.context import Context
from apnscp.opcenter.dns import provider, rdata
from apnscp.opcenter.email import transports, webmail
from apnscp.opcenter.services.host_names import host_of
from apnscp.opcenter.services.values import resolve
from apnscp.opcenter.sites.records import Site

SPF = "v=spf1 a mx ?all"
GMAIL = ("1 aspmx", "5 alt1.aspmx", "5 alt2.aspmx", "10 alt3.aspmx", "10 alt4.aspmx")
"""Preference and name of Google's mail servers, below l.google.com."""

Told = tuple[str, str, str]
"""Name, type and parameter of a record."""


def of_zone(ctx: Context, site: Site, zone: str) -> Iterator[Told]:
    """Give the records of a zone, by names relative to it, for the domains at or below it that receive mail.

    A zone that is not a domain of the account yet is taken to receive mail.
    """
    hosts, apps = site.metadata.hosts, webmail.subdomains(ctx.db, site)
    for domain in transports.of_site(ctx.db, site) if zone in hosts else [zone]:
        if domain == zone or transports.host_above(hosts, domain) == zone:
            yield from below(zone, domain, _needed(ctx, site, domain, apps))


def below(zone: str, domain: str, told: Iterator[Told]) -> Iterator[Told]:
    """Give the records of a domain by names relative to its zone."""
    part = domain.removesuffix(zone).removesuffix(".")
    for name, rr, parameter in told:
        yield ".".join(filter(None, (name, part))), rr, parameter


def of_domain(ctx: Context, site: Site, domain: str) -> Iterator[Told]:
    """Give the records that mail at a domain needs, by names relative to it; none while mail is off or has no provider."""
    return _needed(ctx, site, domain, webmail.subdomains(ctx.db, site))


def _needed(ctx: Context, site: Site, domain: str, apps: Sequence[str]) -> Iterator[Told]:
    chosen = provider.of_account(ctx, site.metadata, "mail") if site.metadata.enabled("mail") else None
    if chosen is None:
        return
    if chosen == "gmail":
        servers = [f"{each}.l.google.com." for each in GMAIL]
    elif chosen == "mxroute":
        servers = _mxroute(str(resolve("mail", "key", site.metadata["mail"]["key"], ctx.settings)))
    else:
        servers = _own_servers(site, domain)
    yield from (("", "MX", server) for server in servers)
    yield from _policies(ctx, chosen)
    if chosen not in ("gmail", "mxroute"):
        yield from _addresses(ctx, site, domain, apps)


def _own_servers(site: Site, domain: str) -> list[str]:
    server = host_of(str(site.metadata["mail"]["mailserver"]), domain)
    preference = int(site.metadata["mail"]["preference"] or 10)
    return [f"{each} {server}." for each in (preference, preference + 10)]


def _mxroute(server: str) -> list[str]:
    host = server.lower().rstrip(".").removesuffix(".mxrouting.net")
    return [f"10 {host}.mxrouting.net.", f"20 {host}-relay.mxrouting.net."]


def _policies(ctx: Context, chosen: str) -> Iterator[Told]:
    """Give the texts that say who may send: [mail] default_spf and default_dmarc, with the panel's own SPF text."""
    own = {"gmail": "v=spf1 include:_spf.google.com ~all", "mxroute": "v=spf1 include:mxroute.com -all"}
    yield "", "TXT", rdata.canonical("TXT", ctx.settings.text("mail.default_spf") or own.get(chosen, SPF), "")
    if dmarc := ctx.settings.text("mail.default_dmarc"):
        yield "_dmarc", "TXT", rdata.canonical("TXT", dmarc, "")


def _addresses(ctx: Context, site: Site, domain: str, apps: Sequence[str]) -> Iterator[Told]:
    """Give the addresses of the servers for mail below a domain, and of the webmail programs."""
    servers = [host_of(str(site.metadata["mail"][name]), domain) for name in ("mailserver", "smtpserver")]
    own = [host.removesuffix(f".{domain}") for host in servers if host.endswith(f".{domain}")]
    for name in dict.fromkeys([*own, *apps]):
        for rr, found in zip(("A", "AAAA"), provider.public_addresses(ctx, site.metadata), strict=True):
            for address in found:
                yield name, rr, address
