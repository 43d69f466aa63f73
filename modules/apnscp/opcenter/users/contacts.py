"""Contact addresses: the panel's, an account's, and a user's own (docs/panel.md, section 14)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.roles import Role
from apnscp.opcenter.services.rules import check
from apnscp.opcenter.sites import records
from apnscp.opcenter.store import outbox
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.users import preferences


def valid_email(text: str) -> str:
    """Return an e-mail address as it is stored; raises Refused for anything else."""
    try:
        return str(check("email", text))
    except ValueError:
        raise Refused("`%s' is no e-mail address", text) from None


def panel_email(db: Connection) -> str | None:
    """Return the administrator's contact address, None while none is set."""
    return fact(db, "admin_email") or None


def set_panel_email(db: Connection, address: str) -> None:
    """Set the administrator's contact address."""
    set_fact(db, "admin_email", address)


_PREFERENCE = "email"


def of_caller(ctx: Context) -> str | None:
    """Return the caller's own contact address, None while none is set."""
    if ctx.is_admin:
        return panel_email(ctx.db)
    if ctx.role & Role.SITE:
        return of_account(ctx)
    own = preferences.own(ctx.db, ctx.caller.site_id, ctx.caller.user)
    address = own.get(_PREFERENCE) if isinstance(own, dict) else None
    return None if address is None else str(address)


def of_account(ctx: Context) -> str:
    """Return siteinfo,email of the caller's account; several addresses with commas between them."""
    address: Any = records.own(ctx).doc["siteinfo"]["email"]
    return ",".join(address) if isinstance(address, list) else str(address)


def set_of_caller(ctx: Context, email: str) -> None:
    """Set the caller's own contact address; raises Refused when it is none."""
    address = valid_email(email)
    if ctx.is_admin:
        set_panel_email(ctx.db, address)
    elif ctx.role & Role.SITE:
        set_of_account(ctx, address)
    else:
        preferences.set_one(ctx.db, ctx.caller.site_id, ctx.caller.user, _PREFERENCE, address)


def set_of_account(ctx: Context, email: str) -> None:
    """Set siteinfo,email of the caller's account and tell the former address; raises Refused when it is none."""
    address = valid_email(email)
    account = records.own(ctx)
    former = account.doc["siteinfo"]["email"]
    if former == address:
        return
    records.save(ctx, account, account.doc | {"siteinfo": account.doc["siteinfo"] | {"email": address}})
    told = f"The contact address of {account.domain} is {address} from now on."
    outbox.send(ctx, former, "Contact address changed", told)
