"""The DNS records that the mail of a domain needs (docs/panel.md, section 24)."""

from __future__ import annotations

from collections.abc import Iterator

from apnscp.core.answers_email import MailRecord
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.email import transports, webmail
from apnscp.opcenter.services.values import resolve
from apnscp.opcenter.sites import addresses, records
from apnscp.opcenter.sites.records import Site

SPF = "v=spf1 a mx ?all"
"""The SPF record while [mail] default_spf is empty."""
_GOOGLE = ((1, "aspmx"), (5, "alt1.aspmx"), (5, "alt2.aspmx"), (10, "alt3.aspmx"), (10, "alt4.aspmx"))


def provider(ctx: Context) -> str:
    """Return who handles the mail of the caller's account, or of the server by default; "null" for nobody."""
    value = "DEFAULT" if ctx.is_admin else records.own(ctx).metadata["mail"]["provider"]
    found = resolve("mail", "provider", value, ctx.settings)
    return "null" if found is None else str(found)


def of_domain(ctx: Context, text: str) -> list[MailRecord]:
    """Return the records of a domain of the caller's account.

    Raises Refused for a domain that is not the account's and is none of its subdomains that receive mail.
    """
    site, domain = records.own(ctx), transports.as_domain(text)
    if domain not in site.metadata.hosts and domain not in transports.of_site(ctx.db, site):
        raise Refused("`%s' is not a domain of this account", domain)
    if not site.metadata.enabled("mail"):
        return []
    ttl = int(ctx.settings["dns.default_ttl"])
    return [
        {
            "name": f"{sub}.{domain}." if sub else f"{domain}.", "subdomain": sub, "domain": domain, "class": "IN",
            "ttl": ttl, "parameter": parameter, "rr": rr,
        }
        for sub, rr, parameter in _wanted(ctx, site, domain)
    ]  # fmt: skip


def mail_address(ctx: Context) -> str:
    """Return the IPv4 address of the caller's mail server: the account's last, else the server's."""
    own = addresses.of_account(records.own(ctx).metadata)
    return own[-1] if own else addresses.of_server(ctx)


def _wanted(ctx: Context, site: Site, domain: str) -> Iterator[tuple[str, str, str]]:
    """Go through the records as subdomain, type and value."""
    handled_by = provider(ctx)
    if handled_by == "gmail":
        yield from (("", "MX", f"{preference} {host}.l.google.com.") for preference, host in _GOOGLE)
        yield "", "TXT", '"v=spf1 include:_spf.google.com ~all"'
    elif handled_by == "mxroute":
        server = str(resolve("mail", "key", site.metadata["mail"]["key"], ctx.settings)).partition(".")[0]
        yield from (
            ("", "MX", f"{10 * place} {server}{relay}.mxrouting.net.") for place, relay in ((1, ""), (2, "-relay"))
        )
        yield "", "TXT", '"v=spf1 include:mxroute.com -all"'
    elif handled_by != "null":
        yield from _builtin(ctx, site, domain)


def _builtin(ctx: Context, site: Site, domain: str) -> Iterator[tuple[str, str, str]]:
    first = int(site.metadata["mail"]["preference"])
    yield from (("", "MX", f"{preference} mail.{domain}.") for preference in (first, first + 10))
    yield "", "TXT", f'"{ctx.settings.text("mail.default_spf") or SPF}"'
    policy = ctx.settings.text("mail.default_dmarc")
    if policy:
        yield "_dmarc", "TXT", f'"{policy}"'
    address = mail_address(ctx)
    for name in ("mail", *(webmail.subdomain(ctx.db, site, app) for app in webmail.APPS)):
        yield name, "A", address
