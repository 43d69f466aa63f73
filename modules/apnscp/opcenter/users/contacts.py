"""Contact addresses: the panel's, an account's, and a user's own (docs/panel.md, section 14)."""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.roles import Role
from apnscp.opcenter.services.rules import check
from apnscp.opcenter.sites import records
from apnscp.opcenter.store import outbox
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.users import preferences

_PREFERENCE = "email"


def valid_email(text: str) -> str:
    """Return an e-mail address as it is stored; raises Refused for anything else."""
    try:
        return str(check("email", text))
    except ValueError:
        raise Refused("`%s' is not an e-mail address", text) from None


def panel_email(db: Connection) -> str | None:
    """Return the administrator's contact address, None while none is set."""
    return fact(db, "admin_email") or None


def set_panel_email(db: Connection, address: str) -> None:
    """Set the administrator's contact address."""
    set_fact(db, "admin_email", address)


def of_caller(ctx: Context) -> str | None:
    """Return the caller's own contact address, None while none is set."""
    if ctx.is_admin:
        return panel_email(ctx.db)
    if ctx.role & Role.SITE:
        return of_account(ctx)
    return of_user(ctx.db, ctx.caller.user_id)


def of_user(db: Connection, user_id: int) -> str | None:
    """Return the address that a user set for itself, None while none is set."""
    own = preferences.own(db, user_id)
    address = own.get(_PREFERENCE) if isinstance(own, dict) else None
    return str(address) if address else None


def of_account(ctx: Context) -> str:
    """Return siteinfo,email of the caller's account; several addresses with commas between them."""
    address = records.own(ctx).metadata.email
    return ",".join(address) if isinstance(address, list) else str(address)


def set_of_caller(ctx: Context, email: str) -> None:
    """Set the caller's own contact address; raises Refused when it is not valid."""
    address = valid_email(email)
    if ctx.is_admin:
        set_panel_email(ctx.db, address)
    elif ctx.role & Role.SITE:
        set_of_account(ctx, address)
    else:
        preferences.set_one(ctx.db, ctx.caller.user_id, _PREFERENCE, address)


def set_of_account(ctx: Context, email: str) -> None:
    """Set siteinfo,email of the caller's account and tell the former address; raises Refused when it is none."""
    address = valid_email(email)
    site = records.own(ctx)
    former = site.metadata.email
    if former == address:
        return
    records.save(ctx, site, site.metadata.with_value("siteinfo", "email", address))
    told = f"The contact address of {site.domain} is {address} from now on."
    outbox.send(ctx, former, "Contact address changed", told)
