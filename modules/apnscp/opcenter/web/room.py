"""What this room does when a site changes."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Counts, Room
from apnscp.opcenter.web import subdomains


class Web(Room):
    """Subdomains follow the domains of their site."""

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Rename subdomains with the primary domain; those of a removed alias are removed with it."""
        if before is not None and after is not None:
            subdomains.follow(ctx.db, before, after)

    def counts(self, db: Connection, site: Site) -> Counts:
        """Count the subdomains."""
        return {("apache", "subnum"): subdomains.count(db, site.id)}
