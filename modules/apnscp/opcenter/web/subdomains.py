"""Subdomains: kept by name, each with a document root, within apache,subnum (docs/panel.md, section 28)."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.web import paths
from apnscp.opcenter.web.tables import subdomain_table

GLOBAL, LOCAL, FALLTHROUGH = "global", "local", "fallthrough"
"""What a subdomain is: below every domain of the account, below one of them, or whatever is not there otherwise."""

_NAME = re.compile(
    r"(?:\*|[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*", re.ASCII
)


def of_site(db: Connection, site_id: int) -> dict[str, str]:
    """Return the subdomains of a site by name, with their document roots, in order."""
    columns = select(subdomain_table.c.name, subdomain_table.c.path)
    rows = db.execute(columns.where(_owned_by(site_id)).order_by(subdomain_table.c.name)).all()
    return {row.name: row.path for row in rows}


def count(db: Connection, site_id: int) -> int:
    """Return how many subdomains a site has."""
    return db.execute(select(func.count()).select_from(subdomain_table).where(_owned_by(site_id))).scalar_one()


def kind(name: str) -> str:
    """Return what a subdomain is: global, local or fallthrough."""
    if name.startswith("*"):
        return FALLTHROUGH
    return LOCAL if "." in name else GLOBAL


def bare(metadata: Metadata, name: str) -> tuple[str, list[str]]:
    """Return the part of a subdomain's name before the domain, and the domains below which it stands."""
    held = [domain for domain in metadata.hosts if name.endswith("." + domain)]
    if not held:
        return name, sorted(metadata.hosts)
    domain = max(held, key=len)
    return name.removesuffix("." + domain), [domain]


def add(ctx: Context, site: Site, text: str, path: str) -> str:
    """Add a subdomain and return its name.

    text: with its domain, or without one for a subdomain below every domain; path: its document root
    Raises Refused for a name that is malformed, taken or of another domain, for a path that cannot be a document root,
    and beyond apache,subnum.
    """
    name, root = _free_name(ctx.db, site, text), paths.document_root(path)
    _require_room(ctx.db, site)
    ctx.db.execute(insert(subdomain_table).values(site_id=site.id, name=name, path=root))
    return name


def remove(db: Connection, site_id: int, name: str) -> bool:
    """Remove a subdomain and tell whether there was one."""
    gone = delete(subdomain_table).where(_owned_by(site_id), subdomain_table.c.name == host_form(name))
    return db.execute(gone).rowcount == 1


def rename(ctx: Context, site: Site, old: str, new: str | None, path: str | None) -> str:
    """Give a subdomain another name, another document root, or both, and return its name.

    Raises Refused for an unknown one, and where `add` would.
    """
    name, root = require(ctx.db, site.id, old)
    wanted = name if new is None or host_form(new) == name else _free_name(ctx.db, site, new)
    values = {"name": wanted, "path": root if path is None else paths.document_root(path)}
    ctx.db.execute(update(subdomain_table).where(_owned_by(site.id), subdomain_table.c.name == name).values(values))
    return wanted


def require(db: Connection, site_id: int, text: str) -> tuple[str, str]:
    """Return name and document root of a subdomain; raises Refused when there is none."""
    name = host_form(text)
    root = of_site(db, site_id).get(name)
    if root is None:
        raise Refused("Unknown subdomain %s; web:list-subdomains lists them", shown(text))
    return name, root


def follow(db: Connection, before: Site, after: Site) -> None:
    """Give subdomains of a renamed primary domain its new name, and drop those of domains that are gone."""
    gone = before.metadata.hosts - after.metadata.hosts
    held = of_site(db, after.id) if gone else {}
    for name in held:
        domain = bare(before.metadata, name)[1][0] if "." in name else ""
        if domain not in gone:
            continue
        renamed = name.removesuffix(domain) + after.domain
        row = _owned_by(after.id) & (subdomain_table.c.name == name)
        if domain == before.domain and renamed not in held:
            db.execute(update(subdomain_table).where(row).values(name=renamed))
        else:
            db.execute(delete(subdomain_table).where(row))


def _free_name(db: Connection, site: Site, text: str) -> str:
    name = host_form(text).rstrip(".")
    if not _NAME.fullmatch(name) or len(name) > 253:
        raise Refused("%s is not a subdomain; write one such as shop.%s", shown(text), site.domain)
    if name in site.metadata.hosts:
        raise Refused("`%s' is a domain of this account and not a subdomain", name)
    part, domains = bare(site.metadata, name)
    if part == name and "." in name:
        raise Refused("`%s' is below no domain of this account; web:list-domains lists them", name)
    if part == "www":
        raise Refused("`%s' is served with its domain already; name another subdomain", f"www.{domains[0]}")
    if name in of_site(db, site.id):
        raise Refused("`%s' exists already; web:rename-subdomain changes its document root", name)
    return name


def _require_room(db: Connection, site: Site) -> None:
    most = site.metadata["apache"]["subnum"]
    if most is not None and count(db, site.id) >= int(most):
        raise Refused("%s has all the subdomains that apache,subnum admits (%d); remove one first", site.label, most)


def _owned_by(site_id: int) -> ColumnElement[bool]:
    return subdomain_table.c.site_id == site_id
