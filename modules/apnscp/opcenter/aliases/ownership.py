"""Whether a domain may be attached to an account: it is free, and its owner agrees (docs/panel.md, section 22)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.aliases import addon_domains
from apnscp.opcenter.services import names
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites import addresses
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.sites.records import Site

_UNPROVEN = ".invalid"
"""Domains that exist nowhere, so that nobody can prove to own one; all others count as proven, since nothing is looked up."""


def domain_form(text: str) -> str:
    """Return a domain in lower case and without ``www.``; raises Refused for anything that is not a domain."""
    try:
        return names.domain(text.strip().lower().removeprefix("www."))
    except ValueError:
        raise Refused("`%s' is not a domain", text[:64]) from None


def require_free(ctx: Context, site: Site, domain: str) -> None:
    """Raise Refused unless a domain can be attached to a site: it is neither this nor another account's, nor the server's."""
    if domain == site.domain:
        raise Refused("`%s' is the primary domain of the account", domain)
    if any(each.name == domain for each in addon_domains.wanted(addon_domains.of_site(ctx.db, site))):
        raise Refused("`%s' is attached to the account already", domain)
    if hosted_elsewhere(ctx, site, domain):
        raise Refused("`%s' is hosted by another account; it must be removed there first", domain)
    if domain == host_form(ctx.settings.text("core.hostname")):
        raise Refused("`%s' is the host name of the server itself; name another domain", domain)
    if needs_proof(ctx, domain):
        raise Refused(
            "Nobody has shown that `%s' is yours. Point its name servers here, or put a file named %s into its document "
            "root, or give newacct.%s the A record %s; [domains] dns_check switches this off",
            domain, challenge_token(ctx, site), domain, _address(site),
        )  # fmt: skip


def hosted_elsewhere(ctx: Context, site: Site, domain: str) -> bool:
    """Tell whether another account holds a domain, or waits to add it."""
    owner = find_one(ctx.db, domain)
    return owner not in (None, site.id) or addon_domains.is_wanted_elsewhere(ctx.db, site.id, domain)


def needs_proof(ctx: Context, domain: str) -> bool:
    """Tell whether a domain is refused until its owner proves to be one (docs/fidelity.md, "Further domains")."""
    return ctx.settings.flag("domains.dns_check") and domain.endswith(_UNPROVEN)


def challenge_token(ctx: Context, site: Site) -> str:
    """Return the text that proves an owner's consent: 40 hexadecimal digits, always the same for a site."""
    return ctx.panel.secret.digest(f"challenge of site {site.id}")[:40]


def _address(site: Site) -> str:
    found = addresses.of_account(site.metadata)
    return found[-1] if found else "of the server"
