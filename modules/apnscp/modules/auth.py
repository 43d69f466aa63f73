"""Module auth: identities, passwords, sessions (docs/panel.md, section 12)."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter import accounts, passwords, sessions, suspension, users
from apnscp.opcenter.identifiers import require_one, site_name
from apnscp.opcenter.settings import settings


@command(Role.ALL)
def session_info(ctx: Context) -> dict[str, Any]:
    """Return who is calling: id, username, domain (empty for the administrator), site, site_id, level, gate ..."""
    caller = ctx.caller
    account = accounts.own(ctx) if caller.site_id else None
    user = users.find(ctx.db, caller.site_id, caller.user)
    return {
        "id": caller.session or "",
        "username": caller.user,
        "domain": account.domain if account else "",
        "site": site_name(caller.site_id) if account else "",
        "site_id": caller.site_id,
        "user_id": user.id if user else 0,
        "group_id": caller.site_id,
        "level": int(ctx.role),
        "gate": caller.gate,
    }


@command(Role.ALL)
def is_inactive(ctx: Context) -> bool:
    """Tell whether the caller's account is suspended; the administrator never is."""
    return bool(ctx.caller.site_id) and accounts.own(ctx).suspended_at is not None


@command(Role.ALL)
def inactive_reason(ctx: Context, site: str | None = None) -> str | None:
    """Return why the account is suspended, without hidden lines; null while it is active.

    site: for the administrator: the account to ask about
    """
    if site is not None and not ctx.is_admin:
        raise Refused("Only the administrator may name a site")
    site_id = require_one(ctx, site) if site is not None else ctx.caller.site_id
    account = accounts.load(ctx.db, site_id) if site_id else None
    if account is None or account.suspended_at is None:
        return None
    return suspension.visible(account.reason) if settings(ctx)["auth.show_suspension_reason"] else ""


@command(Role.ALL, "write")
def change_password(ctx: Context, password: str, user: str | None = None, domain: str | None = None) -> bool:
    """Change a password; the user's other sessions end.

    user: null for the caller; a site's administrator may name its users, the panel's administrator any
    domain: for the panel's administrator: the account of the user, whose administrator is meant when user is null
    """
    site_id, name = _whose(ctx, user, domain)
    passwords.require_strong(password, name, settings(ctx))
    users.set_password(ctx.db, site_id, name, passwords.crypt(password))
    sessions.end_of_user(ctx.db, site_id, name, now=ctx.clock.unix(), but=ctx.caller.session_row)
    return True


def _whose(ctx: Context, user: str | None, domain: str | None) -> tuple[int, str]:
    """Return site id and name of the user whose password is meant."""
    if domain is None or domain == "":
        return ctx.caller.site_id, users.target(ctx, user)
    site_id = require_one(ctx, domain)
    if not ctx.is_admin and site_id != ctx.caller.site_id:
        raise Refused("Unknown site `%s'; an account may only name itself", domain)
    if not ctx.is_admin:
        return site_id, users.target(ctx, user)
    return site_id, users.require(ctx.db, site_id, user or users.administrator(ctx.db, site_id)).name
