"""Host names of an account: which domain one belongs to, and which folder serves it."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection

from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.web import domain_roots, subdomains


class Split(NamedTuple):
    """A host name in its two parts; a name that is not the account's is a domain in full."""

    subdomain: str
    domain: str


def split(metadata: Metadata, host: str) -> Split:
    """Split a host name at the longest domain of the account that it ends in."""
    name = host_form(host)
    held = [domain for domain in metadata.hosts if name == domain or name.endswith("." + domain)]
    domain = max(held, key=len, default=name)
    return Split(name.removesuffix(domain).rstrip("."), domain)


def normalised(metadata: Metadata, host: str) -> str:
    """Return a host name in full: in lower case, without ``www.``, a single label below the primary domain."""
    name = host_form(host).removeprefix("www.")
    return name if "." in name or not name else f"{name}.{metadata.domain}"


def root_of(db: Connection, site: Site, host: str) -> str | None:
    """Return the document root that serves a host name, None for a name that the account does not serve.

    The narrowest wins: a domain, a subdomain, one below every domain, a wildcard; ``www.`` counts for nothing.
    """
    name = host_form(host).removeprefix("www.")
    roots = domain_roots.of(db, site)
    if name in roots:
        return roots[name]
    kept = subdomains.of_site(db, site.id)
    if "." not in name:
        name = name if name in kept else f"{name}.{site.domain}"
    part, domain = split(site.metadata, name)
    found = kept.get(name)
    if found is None and domain in site.metadata.hosts:
        found = kept.get(part) or kept.get(f"*.{domain}") or kept.get("*")
    return found


def served_from(db: Connection, site: Site, path: str) -> list[str]:
    """Return the host names whose document root is `path`, domains first, then subdomains in order."""
    wanted = path.rstrip("/")
    domains = [name for name, root in domain_roots.of(db, site).items() if root == wanted]
    return domains + [name for name, root in subdomains.of_site(db, site.id).items() if root == wanted]
