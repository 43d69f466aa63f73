"""Document roots of whole domains."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.opcenter.aliases import addon_domains
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.web import paths


def of(db: Connection, site: Site) -> dict[str, str]:
    """Return the document root of each domain of a site, the primary domain first; those of the journal are not served yet."""
    held = {each.name: each.path.rstrip("/") for each in addon_domains.of_site(db, site) if each.journal != "add"}
    return {site.domain: paths.MAIN} | dict(sorted(held.items()))
