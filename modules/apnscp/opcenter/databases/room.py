"""What this room does when a site changes."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.opcenter.databases import catalogue, renames, users
from apnscp.opcenter.databases.account import Account
from apnscp.opcenter.databases.kinds import KINDS
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Counts, Room


class Databases(Room):
    """Databases and their users follow prefix and main user; what a site gives up is dropped."""

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Follow a change; raises Refused where a name is taken or would be too long."""
        if after is None:
            return
        for kind in KINDS:
            held = Account(after, kind)
            if before is not None:
                if before.metadata[kind.service] != after.metadata[kind.service]:
                    renames.follow(ctx.db, Account(before, kind), held)
            elif "_" in (held.main_user or ""):  # only such a name can be one with another account's prefix
                users.require_no_user(ctx.db, kind, str(held.main_user))

    def counts(self, db: Connection, site: Site) -> Counts:
        """Count the databases on each server."""
        held = catalogue.counts(db, site.id)
        return {(kind.service, "dbasenum"): held.get(kind.service, 0) for kind in KINDS}
