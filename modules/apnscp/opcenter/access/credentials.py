"""Whose credentials a call is about, and what it takes to change them (docs/panel.md, section 12)."""

from __future__ import annotations

import re
from typing import NamedTuple

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import keys
from apnscp.opcenter.settings.config import settings
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import require_one
from apnscp.opcenter.store import outbox
from apnscp.opcenter.users import notices, passwords, people

_LOGIN = re.compile(r"(?P<user>[^@#]+)[@#](?P<domain>[^@#]+)")


class UserRef(NamedTuple):
    """A user: site id, 0 for the panel's administrator, and name."""

    site_id: int
    name: str


def resolve_user(ctx: Context, user: str | None, domain: str | None) -> UserRef:
    """Return the user that a call is about; raises Refused for one whom the caller may not name.

    user: None for the caller, with a domain for the administrator of that account
    domain: an account, which only the panel's administrator may choose; None for the caller's own
    """
    if not domain:
        return UserRef(ctx.caller.site_id, people.target(ctx, user))
    if not ctx.is_admin:
        _require_own(ctx, domain)
        return UserRef(ctx.caller.site_id, people.target(ctx, user))
    site_id = require_one(ctx, domain)
    return UserRef(site_id, people.require(ctx.db, site_id, user or people.administrator(ctx.db, site_id)).name)


def of_item(ctx: Context, item: str) -> UserRef:
    """Return the user that the administrator names by an account (its administrator) or as ``user@domain``."""
    login = _LOGIN.fullmatch(item)
    return resolve_user(ctx, login["user"], login["domain"]) if login else resolve_user(ctx, None, item or "?")


def set_password(ctx: Context, target: UserRef, crypted: str) -> None:
    """Give a user another password; the user's other sessions end and a mail tells of it.

    Raises Refused in demonstration accounts, and for the panel's administrator when the caller's key is limited.
    """
    require_change(ctx, target)
    people.set_password(ctx.db, target.site_id, target.name, crypted, keep=ctx.caller.session_row)
    notices.password_changed(ctx, target.site_id, target.name)


def reset_password(ctx: Context, target: UserRef) -> str:
    """Give a user a random password, send it to the address on record and return it."""
    require_change(ctx, target)
    password = passwords.generate()
    people.set_password(ctx.db, target.site_id, target.name, passwords.crypt(password), keep=ctx.caller.session_row)
    if target.site_id:
        account = records.load(ctx.db, target.site_id)
        address, where = notices.address_of(ctx, account, target.name), f" at {account.domain}"
    else:
        address, where = notices.of_panel(ctx), ""
    outbox.send(ctx, address, "Password reset", f"The password of {target.name}{where} is now {password}")
    return password


def require_change(ctx: Context, target: UserRef) -> None:
    """Raise Refused where credentials must stay as they are."""
    if is_demo(ctx):
        raise Refused("This is a demonstration account; its credentials cannot be changed")
    if ctx.caller.commands is not None and target.site_id == people.PANEL:
        raise Refused("An API key with a command list cannot change the administrator's credentials")


def is_demo(ctx: Context) -> bool:
    """Tell whether the caller's account is the demonstration account: its invoice is [billing] demo_invoice."""
    if not ctx.caller.site_id:
        return False
    invoice = records.own(ctx).doc["billing"]["invoice"]
    return bool(invoice) and invoice == settings(ctx)["billing.demo_invoice"]


def require_invoice(ctx: Context) -> None:
    """Raise Refused when the caller's account has no invoice, without which it cannot have API keys."""
    if not ctx.caller.site_id:
        return
    billing = records.own(ctx).doc["billing"]
    if not (billing["invoice"] or billing["parent_invoice"]):
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
