"""What this room does when a user changes."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.ftp import options
from apnscp.opcenter.services import paths
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Room
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.user_room import UserRoom


class Ftp(Room, UserRoom):
    """Directives hang on their user; a directory in the user's home moves with it."""

    def home_moved(self, ctx: Context, site: Site, user: User, before: str, after: str) -> None:
        """Move the directory in which the user is kept."""
        root = options.of_user(ctx.db, user).get("local_root")
        if root is not None and paths.is_inside(root, before):
            options.put(ctx.db, user, "local_root", paths.moved(root, before, after))
