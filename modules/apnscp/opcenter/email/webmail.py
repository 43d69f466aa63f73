"""Where the webmail programs of an account are found: a subdomain for each."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.email import transports
from apnscp.opcenter.sites import records, site_data
from apnscp.opcenter.sites.records import Site

APPS = ("horde", "roundcube")
"""The webmail programs; the subdomain of each is its name until another is set."""
_KIND = "webmail"


def subdomain(db: Connection, site: Site, app: str) -> str:
    """Return the subdomain of a webmail program."""
    return str(site_data.get(db, site.id, _KIND, app, app))


def subdomains(db: Connection, site: Site) -> list[str]:
    """Return the subdomains of all webmail programs, in the order of APPS."""
    return [subdomain(db, site, app) for app in APPS]


def location(ctx: Context, app: str) -> str:
    """Return the host name of a webmail program; raises Refused for an unknown one."""
    site = records.own(ctx)
    return f"{subdomain(ctx.db, site, _app(app))}.{site.domain}"


def move(ctx: Context, app: str, text: str) -> None:
    """Give a webmail program of the caller's account another subdomain.

    text: without the domain. Raises Refused for an unknown program, a subdomain that cannot be, and the other program's.
    """
    site, name = transports.writable(ctx), _app(app)
    label = text.strip().lower().removesuffix(f".{site.domain}")
    transports.as_domain(f"{label}.{site.domain}")
    for other in APPS:
        if other != name and subdomain(ctx.db, site, other) == label:
            raise Refused("`%s' is the subdomain of %s already", label, other)
    site_data.put(ctx.db, site.id, _KIND, name, None if label == name else label)


def _app(text: str) -> str:
    if text.lower() not in APPS:
        raise Refused("Unknown webmail program `%s'; there are %s", text[:64], " and ".join(APPS))
    return text.lower()
