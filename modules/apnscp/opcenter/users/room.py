"""What this room does when a site changes."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Counts, Room
from apnscp.opcenter.users import details, people


class Users(Room):
    """The people of a site: the administrator's name follows siteinfo,admin_user."""

    follows = frozenset({"siteinfo"})

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Rename the administrator; raises Refused where another user of the site has the name."""
        if before is None or after is None or before.admin_user == after.admin_user:
            return
        if people.find(ctx.db, after.id, after.admin_user) is not None:
            raise Refused(
                "siteinfo,admin_user: `%s' is a user of this account; rename or delete that user first",
                after.admin_user,
            )
        people.rename(ctx.db, people.require(ctx.db, before.id, before.admin_user).id, after.admin_user)

    def counts(self, db: Connection, site: Site) -> Counts:
        """Count the users, the administrator included."""
        return {("users", "max"): details.count(db, site.id)}
