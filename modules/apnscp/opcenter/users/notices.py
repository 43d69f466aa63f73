"""Mails that tell people of a change to their credentials (docs/panel.md, section 12, change-password)."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.core.roles import Role
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store import outbox
from apnscp.opcenter.users import contacts, people, preferences

_PREFERENCE = "email"


def password_changed(ctx: Context, site_id: int, name: str) -> None:
    """Tell of a changed password, unless a temporary one holds at the account.

    An administrator's change goes to the panel's or the account's address, an account's own to the user it is about.
    """
    if not site_id:
        outbox.send(ctx, of_panel(ctx), "Password changed", f"The password of {name} was changed.")
        return
    account = records.load(ctx.db, site_id)
    if account.doc["auth"]["pwoverride"]:
        return
    told = f"The password of {name} at {account.domain} was changed from {ctx.caller.ip}."
    outbox.send(ctx, recipient(ctx, account, name), "Password changed", told)


def recipient(ctx: Context, account: Site, name: str) -> Any:
    """Return who hears of a change: by the panel's administrator or to the account's, its address; else the user's."""
    if ctx.role & Role.ADMIN or name == account.admin_user:
        return account.doc["siteinfo"]["email"]
    return address_of(ctx, account, name)


def address_of(ctx: Context, account: Site, name: str) -> Any:
    """Return the address of a user: the one set, else the mailbox of that name."""
    if name == account.admin_user:
        return account.doc["siteinfo"]["email"]
    chosen = preferences.own(ctx.db, account.id, name)
    kept = chosen.get(_PREFERENCE) if isinstance(chosen, dict) else None
    row = people.find(ctx.db, account.id, name)
    return kept or (row.email if row else None) or f"{name}@{account.domain}"


def of_panel(ctx: Context) -> str | None:
    """Return the panel administrator's address, None while none is set."""
    return contacts.panel_email(ctx.db)


def account_changed(ctx: Context, account: Site, subject: str, text: str) -> None:
    """Tell an account's address of a change."""
    outbox.send(ctx, account.doc["siteinfo"]["email"], subject, text)
