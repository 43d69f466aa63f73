"""What this room does when a site or one of its users changes."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.aliases import addon_domains
from apnscp.opcenter.services import paths
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Counts, Room
from apnscp.opcenter.users import details
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.user_room import UserRoom


class Aliases(Room, UserRoom):
    """The further domains of a site: they follow aliases,aliases, and their files follow the homes that hold them."""

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Follow the list, whoever changed it."""
        if before is not None and after is not None and before.metadata.hosts != after.metadata.hosts:
            addon_domains.follow(ctx.db, after)

    def counts(self, db: Connection, site: Site) -> Counts:
        """Count the domains beside the primary one, as they are once the journal is applied."""
        return {("aliases", "max"): len(addon_domains.wanted(addon_domains.of_site(db, site)))}

    def user_renamed(self, ctx: Context, site: Site, before: User, after: User) -> None:
        """Let the files of a user's domains belong to the new name."""
        addon_domains.rename_owner(ctx.db, site.id, before.name, after.name)

    def home_moved(self, ctx: Context, site: Site, user: User, before: str, after: str) -> None:
        """Move the document roots that lie in a home."""
        for domain in addon_domains.of_site(ctx.db, site):
            path = paths.moved(domain.path, before, after)
            if path != domain.path:
                moved = addon_domains.AddonDomain(domain.name, path, domain.owner, domain.journal)
                addon_domains.keep(ctx.db, site.id, moved)

    def user_removed(self, ctx: Context, site: Site, user: User) -> None:
        """Give the user's domains to the administrator; raises Refused while one of them lies in the user's home."""
        home = details.home(ctx.db, user)
        inside = [each.name for each in addon_domains.of_site(ctx.db, site) if paths.is_inside(each.path, home)]
        if inside:
            raise Refused(
                "`%s' cannot be removed: the files of %s lie in %s; aliases:modify-domain or aliases:remove-domain first",
                user.name, ", ".join(inside), home,
            )  # fmt: skip
        addon_domains.rename_owner(ctx.db, site.id, user.name, None)
