"""What this room does when a site or one of its users changes."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services import paths
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Counts, Room
from apnscp.opcenter.users import details
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.user_room import UserRoom
from apnscp.opcenter.web import subdomains


class Web(Room, UserRoom):
    """Subdomains follow the domains of their site, and the homes of its users."""

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Rename subdomains with the primary domain; those of a removed alias are removed with it."""
        if before is not None and after is not None:
            subdomains.follow(ctx.db, before, after)

    def counts(self, db: Connection, site: Site) -> Counts:
        """Count the subdomains."""
        return {("apache", "subnum"): subdomains.count(db, site.id)}

    def home_moved(self, ctx: Context, site: Site, user: User, before: str, after: str) -> None:
        """Move the document roots that lie in a home."""
        for name, path in subdomains.of_site(ctx.db, site.id).items():
            if paths.is_inside(path, before):
                subdomains.rename(ctx, site, name, None, paths.moved(path, before, after))

    def user_removed(self, ctx: Context, site: Site, user: User) -> None:
        """Remove the subdomain that is named after a user and lies in the user's home.

        Raises Refused while another one lies there.
        """
        home = details.home(ctx.db, user)
        inside = [name for name, path in subdomains.of_site(ctx.db, site.id).items() if paths.is_inside(path, home)]
        own = [name for name in inside if name.partition(".")[0] == user.name]
        others = [name for name in inside if name not in own[:1]]
        if others:
            raise Refused(
                "`%s' cannot be removed: the files of %s lie in %s; web:rename-subdomain or web:remove-subdomain first",
                user.name, ", ".join(others), home,
            )  # fmt: skip
        for name in own:
            subdomains.remove(ctx.db, site.id, name)
            ctx.info("The subdomain %s goes with its user", name)
