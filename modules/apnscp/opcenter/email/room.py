"""What this room does when a site or one of its users changes."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.email import addresses, renames, transports
from apnscp.opcenter.email.addresses import MAILBOX, Address
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Room
from apnscp.opcenter.users import people, switches
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.user_room import UserRoom


class Email(Room, UserRoom):
    """Addresses follow the domains of a site and the names of its users."""

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Follow a change; the addresses of a new site need nothing, they follow from it."""
        if before is None or after is None:
            return
        renames.follow_domains(ctx.db, before, after)
        if before.admin_user != after.admin_user:
            administrator = people.require(ctx.db, after.id, after.admin_user)
            renames.follow_user(ctx.db, after, administrator.id, before.admin_user, after.admin_user)

    def user_added(self, ctx: Context, site: Site, user: User) -> None:
        """Give a new user that may fetch mail a mailbox of its name at the primary domain, unless there is one."""
        if user.name == site.admin_user or not switches.enabled(ctx.db, site, user.name, "imap"):
            return
        free = addresses.find(ctx.db, site, user.name, site.domain) is None
        if free and site.domain in transports.of_site(ctx.db, site):
            addresses.keep(ctx.db, site)
            fresh = Address(user.name, site.domain, MAILBOX, user.id)
            addresses.put_all(ctx.db, site.id, [fresh])

    def user_renamed(self, ctx: Context, site: Site, before: User, after: User) -> None:
        """Rename what is called after a user; its row and id stay."""
        renames.follow_user(ctx.db, site, after.id, before.name, after.name)
