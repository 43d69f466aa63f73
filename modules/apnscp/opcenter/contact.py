"""The contact address of a caller: the panel's, the account's, or a user's own (docs/panel.md, section 14)."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.core.roles import Role
from apnscp.opcenter import accounts, contacts, mails, preferences

_PREFERENCE = "email"


def of_caller(ctx: Context) -> str | None:
    """Return the caller's own contact address, None while none is set."""
    if ctx.is_admin:
        return contacts.panel_email(ctx.db)
    if ctx.role & Role.SITE:
        return of_account(ctx)
    own = preferences.own(ctx.db, ctx.caller.site_id, ctx.caller.user)
    address = own.get(_PREFERENCE) if isinstance(own, dict) else None
    return None if address is None else str(address)


def of_account(ctx: Context) -> str:
    """Return siteinfo,email of the caller's account; several addresses with commas between them."""
    address: Any = accounts.own(ctx).doc["siteinfo"]["email"]
    return ",".join(address) if isinstance(address, list) else str(address)


def set_of_caller(ctx: Context, email: str) -> None:
    """Set the caller's own contact address; raises Refused when it is none."""
    address = contacts.valid_email(email)
    if ctx.is_admin:
        contacts.set_panel_email(ctx.db, address)
    elif ctx.role & Role.SITE:
        set_of_account(ctx, address)
    else:
        preferences.set_one(ctx.db, ctx.caller.site_id, ctx.caller.user, _PREFERENCE, address)


def set_of_account(ctx: Context, email: str) -> None:
    """Set siteinfo,email of the caller's account and tell the former address; raises Refused when it is none."""
    address = contacts.valid_email(email)
    account = accounts.own(ctx)
    former = account.doc["siteinfo"]["email"]
    if former == address:
        return
    accounts.save(ctx, account, account.doc | {"siteinfo": account.doc["siteinfo"] | {"email": address}})
    told = f"The contact address of {account.domain} is {address} from now on."
    mails.send(ctx, former, "Contact address changed", told)
