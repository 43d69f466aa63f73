"""The face that rooms show which keep something of a user."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users.people import User


class UserRoom:
    """A room that follows the users of a site, its administrator among them (docs/panel.md, section 21).

    What hangs on a user by a foreign key needs nothing here to be removed with it. The deletion of a site removes no single
    user: `Room.changed` tells of its end.
    """

    def user_added(self, ctx: Context, site: Site, user: User) -> None:
        """Follow a user that was just made; what it may use is asked of `users.switches`."""

    def user_renamed(self, ctx: Context, site: Site, before: User, after: User) -> None:
        """Follow a user to another name; its row and id stay.

        Raises Refused where it must not be renamed.
        """

    def home_moved(self, ctx: Context, site: Site, user: User, before: str, after: str) -> None:
        """Follow the files of a user from one home directory to another; both are paths without a final slash."""

    def user_removed(self, ctx: Context, site: Site, user: User) -> None:
        """Follow a user that is about to be removed; its rows are still there.

        Raises Refused while something needs the user.
        """
