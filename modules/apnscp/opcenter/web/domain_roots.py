"""Document roots of whole domains."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.web import paths


def of(db: Connection, site: Site) -> dict[str, str]:
    """Return the document root of each domain of a site, the primary domain first."""
    return dict.fromkeys([site.domain, *sorted(site.metadata.aliases)], paths.MAIN)
