"""Module ssh: which users of an account have a shell (docs/panel.md, section 30)."""

from __future__ import annotations

from typing import Annotated

from apnscp.core.context import Context
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.sites import records
from apnscp.opcenter.users import switches

Name = Annotated[str, Untyped]
Done = Annotated[bool, Untyped]


@command(Role.SITE | Role.USER)
def enabled(ctx: Context) -> Done:
    """Tell whether ssh is on for the account."""
    return records.own(ctx).metadata.enabled("ssh")


@command(Role.SITE, "write")
def permit_user(ctx: Context, user: Name) -> Done:
    """Let a user use ssh; an error while ssh is off for the account."""
    switches.permit(ctx, user, "ssh")
    return True


@command(Role.SITE, "write")
def deny_user(ctx: Context, user: Name) -> Done:
    """Keep a user from ssh; the account's administrator always has it."""
    switches.deny(ctx, user, "ssh")
    return True


@command(Role.SITE)
def user_enabled(ctx: Context, user: Name) -> Done:
    """Tell whether a user can use ssh: it is on for the account and not denied to the user."""
    return switches.enabled(ctx.db, records.own(ctx), user, "ssh")
