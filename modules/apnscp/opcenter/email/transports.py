"""The domains of an account that receive mail: its own ones, unless taken out, and subdomains that were added."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.email.tables import mail_transport_table
from apnscp.opcenter.services import names
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import host_table
from apnscp.opcenter.store.statements import upsert


def of_site(db: Connection, site: Site) -> list[str]:
    """Return the domains that receive mail, the primary one first; none while mail is off."""
    if not site.metadata.enabled("mail"):
        return []
    table = mail_transport_table
    stored = {row.domain: row.receives for row in db.execute(select(table).where(table.c.site_id == site.id))}
    hosts = site.metadata.hosts
    added = {domain for domain, receives in stored.items() if receives and domain not in hosts}
    receiving = {host for host in hosts if stored.get(host, 1)} | added - _of_others(db, site, added)
    return sorted(receiving, key=lambda domain: (domain != site.domain, domain))


def require(db: Connection, site: Site, text: str) -> str:
    """Return a domain that receives mail in its stored form; raises Refused for any other."""
    domain = as_domain(text)
    if domain not in of_site(db, site):
        raise Refused("`%s' receives no mail in this account; email:add-virtual-transport adds a domain", domain)
    return domain


def add(ctx: Context, text: str, subdomain: str) -> str:
    """Let a domain of the caller's account, or a subdomain of it, receive mail, and return it.

    Raises Refused for a domain that is malformed, not the account's, or receives mail already, and while mail is off.
    """
    site = writable(ctx)
    domain = as_domain(f"{subdomain}.{text}" if subdomain else text)
    _require_own(ctx.db, site, as_domain(text), domain)
    if domain in of_site(ctx.db, site):
        raise Refused("`%s' receives mail already", domain)
    if domain in site.metadata.hosts:
        _forget(ctx.db, site.id, domain)
    else:
        upsert(ctx.db, mail_transport_table, {"site_id": site.id, "domain": domain, "receives": 1})
    return domain


def remove(ctx: Context, text: str) -> str:
    """Let a domain of the caller's account receive no mail, and return it; its addresses stay and wait for it.

    Raises Refused for a domain that receives none.
    """
    site = writable(ctx)
    domain = require(ctx.db, site, text)
    if domain in site.metadata.hosts:
        upsert(ctx.db, mail_transport_table, {"site_id": site.id, "domain": domain, "receives": 0})
    else:
        _forget(ctx.db, site.id, domain)
    return domain


def host_above(hosts: Collection[str], domain: str) -> str:
    """Return which of some domains one is or lies below, the longest of them; empty where there is none."""
    return max((host for host in hosts if domain == host or domain.endswith(f".{host}")), key=len, default="")


def writable(ctx: Context) -> Site:
    """Return the caller's site for a change, with other writers of it kept out; raises Refused while mail is off."""
    site = records.load(ctx.db, ctx.caller.site_id, lock=True)
    if not site.metadata.enabled("mail"):
        raise Refused("%s has no mail (mail,enabled is off); nothing can be changed", site.label)
    return site


def as_domain(text: str) -> str:
    """Return a domain in its stored form; raises Refused for a malformed one."""
    try:
        return names.domain(text.strip())
    except ValueError:
        raise Refused("`%s' is not a domain", text[:80]) from None


def _require_own(db: Connection, site: Site, parent: str, domain: str) -> None:
    hosts = site.metadata.hosts
    if not any(name == parent or parent.endswith("." + name) for name in hosts):
        if _of_others(db, site, {parent}):
            raise Refused("`%s' belongs to another account", parent)
        raise Refused("`%s' is not a domain of this account; aliases:add-domain adds one", parent)
    if domain not in hosts and _of_others(db, site, {domain}):
        raise Refused("`%s' belongs to another account", domain)


def _of_others(db: Connection, site: Site, domains: set[str]) -> set[str]:
    if not domains:
        return set()
    table = host_table
    held = select(table.c.name).where(table.c.name.in_(sorted(domains)), table.c.site_id != site.id)
    return set(db.execute(held).scalars())


def _forget(db: Connection, site_id: int, domain: str) -> None:
    table = mail_transport_table
    db.execute(delete(table).where(table.c.site_id == site_id, table.c.domain == domain))
