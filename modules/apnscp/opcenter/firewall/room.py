"""What this room does when a site changes."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.firewall import delegation
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Room


class Firewall(Room):
    """The firewall lets through what rampart,whitelist of each site lists."""

    follows = frozenset({"rampart"})

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Follow the list; what a deleted site let through goes with it."""
        if after is not None:
            delegation.follow(ctx.db, before, after)
