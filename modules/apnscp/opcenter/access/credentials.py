"""Whose credentials a call is about, and what it takes to change them (docs/panel.md, section 12)."""

from __future__ import annotations

import re

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import keys, sessions
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import require_one, site_name
from apnscp.opcenter.store import outbox
from apnscp.opcenter.users import notices, passwords, people
from apnscp.opcenter.users.people import User

_LOGIN = re.compile(r"(?P<user>[^@#]+)[@#](?P<domain>[^@#]+)")


def resolve_user(ctx: Context, user: str | None, domain: str | None) -> User:
    """Return the user that a call is about; raises Refused for one whom the caller may not name.

    user: None for the caller, with a domain for the administrator of that account
    domain: an account, which only the panel's administrator may choose; None for the caller's own
    """
    if not domain:
        return people.target(ctx, user)
    if not ctx.is_admin:
        _require_own(ctx, domain)
        return people.target(ctx, user)
    site_id = require_one(ctx, domain)
    return people.require(ctx.db, site_id, user or people.administrator_name(ctx.db, site_id))


def of_item(ctx: Context, item: str) -> User:
    """Return the user that the administrator names by an account (its administrator) or as ``user@domain``."""
    login = _LOGIN.fullmatch(item)
    return resolve_user(ctx, login["user"], login["domain"]) if login else resolve_user(ctx, None, item or "?")


def replace_password(ctx: Context, user: User, crypted: str) -> None:
    """Give a user another password; the user's other sessions end.

    crypted: a crypt(3) hash
    """
    people.set_password(ctx.db, user.id, crypted)
    owner = site_name(user.site_id) if user.site_id else "the panel"
    ctx.changed(f"user {user.name} of {owner}", "password", "(hidden)", "(hidden)")
    sessions.delete_of_user(ctx.db, user.id, but=ctx.caller.session_row)


def set_password(ctx: Context, user: User, crypted: str) -> None:
    """Give a user another password, as a person asked for: the user's other sessions end and a message tells of it.

    Raises Refused in demonstration accounts, and for the panel's administrator when the caller's key is limited.
    """
    require_change(ctx, user)
    replace_password(ctx, user, crypted)
    notices.password_changed(ctx, user)


def reset_password(ctx: Context, user: User, fresh: passwords.Chosen) -> None:
    """Give a user a random password and send it to the address on record."""
    require_change(ctx, user)
    replace_password(ctx, user, fresh.crypted)
    if user.site_id == people.PANEL:
        address, where = notices.of_panel(ctx), ""
    else:
        site = records.load(ctx.db, user.site_id)
        address, where = notices.address_of(ctx, site, user), f" at {site.domain}"
    outbox.send(ctx, address, "Password reset", f"The password of {user.name}{where} is now {fresh.text}")


def require_change(ctx: Context, user: User) -> None:
    """Raise Refused where the credentials of a user must stay as they are: password, second factor, restrictions, name.

    A key with a command list must not come by more than it lists. The panel's own may set passwords in accounts, over
    all of which it has power anyway, but never the administrator's; an account's own may set none at all.
    """
    if records.is_demo(ctx):
        raise Refused("This is a demonstration account; its credentials cannot be changed")
    require_no_origin(ctx)
    if ctx.caller.commands is None:
        return
    if user.site_id == people.PANEL:
        raise Refused("An API key with a command list cannot change the administrator's credentials")
    if not keys.is_of_panel(ctx.db, ctx.caller.key_id):
        raise Refused("An API key with a command list cannot change the credentials of its own account")


def require_no_origin(ctx: Context) -> None:
    """Raise Refused in a session that entered from another account.

    What it left behind, a key or a password, would outlive the session and the rights of the account that it came from.
    """
    row = ctx.caller.session_row
    if row is not None and sessions.origin_of(ctx.db, row) is not None:
        raise Refused("A session that entered from another account cannot make keys or change credentials")


def require_invoice(ctx: Context) -> None:
    """Raise Refused when the caller's account has no invoice, without which it cannot have API keys."""
    if not ctx.caller.site_id:
        return
    metadata = records.own(ctx).metadata
    if not (metadata.invoice or metadata.parent_invoice):
        raise Refused("The account has no invoice (billing,invoice); API keys need one")


def comment_for_key(ctx: Context, comment: str | None) -> str:
    """Return a comment as it is kept, cut with a warning where it is too long."""
    text = comment or ""
    if len(text) > keys.LONGEST_COMMENT:
        ctx.warn("The comment was cut after %d characters", keys.LONGEST_COMMENT)
    return text[: keys.LONGEST_COMMENT]


def _require_own(ctx: Context, domain: str) -> None:
    """Raise Refused unless a domain is of the caller's own account, in one wording for foreign and unknown ones."""
    try:
        own = require_one(ctx, domain) == ctx.caller.site_id
    except Refused:
        own = False
    if not own:
        raise Refused("Unknown site `%s'; an account may only name itself", domain)
