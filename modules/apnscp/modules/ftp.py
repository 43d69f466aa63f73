"""Module ftp: which users of an account have FTP, and what holds for them (docs/panel.md, section 30)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.context import Context
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.ftp import directives, options
from apnscp.opcenter.sites import records
from apnscp.opcenter.users import people, switches
from apnscp.opcenter.users.people import User

Name = Annotated[str, Untyped]
Done = Annotated[bool, Untyped]


@command(Role.SITE, "write")
def permit_user(ctx: Context, user: Name) -> Done:
    """Let a user use FTP; an error while ftp is off for the account."""
    switches.permit(ctx, user, "ftp")
    return True


@command(Role.SITE, "write")
def deny_user(ctx: Context, user: Name) -> Done:
    """Keep a user from FTP; the account's administrator always has it."""
    switches.deny(ctx, user, "ftp")
    return True


@command(Role.SITE)
def user_enabled(ctx: Context, user: Name) -> Done:
    """Tell whether a user can use FTP: it is on for the account and not denied to the user."""
    return switches.enabled(ctx.db, records.own(ctx), user, "ftp")


@command(Role.SITE, "write")
def jail_user(ctx: Context, user: Name, dir: Annotated[str, Untyped] = "") -> Done:
    """Keep a user in a directory.

    dir: below /home, /var/www or /usr/local; the home of the user when left out
    """
    options.jail(ctx.db, _named(ctx, user), dir or "")
    return True


@command(Role.SITE, "write")
def unjail_user(ctx: Context, user: Name) -> Done:
    """Let a user out of the directory in which it was kept."""
    options.release(ctx.db, _named(ctx, user))
    return True


@command(Role.SITE)
def user_jailed(ctx: Context, user: Name) -> Done:
    """Tell whether a user is kept in a directory."""
    return options.is_jailed(ctx.db, _named(ctx, user))


@command(Role.SITE, "write")
def set_option(ctx: Context, user: Name, c_directive: Name, c_val: Any = None) -> Done:
    """Set a directive of vsftpd for a user.

    c_directive: such as local_max_rate, write_enable or local_root; c_val: null, or empty text, takes it back
    """
    options.put(ctx.db, _named(ctx, user), c_directive, c_val)
    return True


@command(Role.SITE)
def get_option(ctx: Context, user: Name, c_directive: Name) -> Annotated[str | None, Untyped]:
    """Return a directive of vsftpd as it is set for a user; null while it is not."""
    return options.of_user(ctx.db, _named(ctx, user)).get(directives.named(c_directive))


@command(Role.SITE)
def has_configuration(ctx: Context, user: Name) -> Done:
    """Tell whether anything is set for a user."""
    return bool(options.of_user(ctx.db, _named(ctx, user)))


def _named(ctx: Context, name: str) -> User:
    return people.require(ctx.db, ctx.caller.site_id, name)
