"""What this room does when a site changes."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.dns import following
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Room


class Dns(Room):
    """Records follow from the site by themselves; what was changed by hand follows its names and addresses."""

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Follow names, addresses and services; zones outlive a deleted site whose provider was null.

        A new site has nothing to store: a zone of no account with its domain becomes its own when it is changed first.
        """
        if before is None:
            return
        if after is None:
            following.leave(ctx.db, before)
        else:
            following.follow(ctx, before, after)
