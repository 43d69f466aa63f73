"""Messages that tell people of a change to their credentials (docs/panel.md, section 12, change-password)."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.core.roles import Role
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store import outbox
from apnscp.opcenter.users import contacts, people
from apnscp.opcenter.users.people import User


def password_changed(ctx: Context, user: User) -> None:
    """Tell of a changed password, unless a temporary one holds at the account.

    An administrator's change goes to the panel's or the account's address, an account's own to the user it is about.
    """
    if user.site_id == people.PANEL:
        outbox.send(ctx, of_panel(ctx), "Password changed", f"The password of {user.name} was changed.")
        return
    site = records.load(ctx.db, user.site_id)
    if site.metadata["auth"]["pwoverride"]:
        return
    told = f"The password of {user.name} at {site.domain} was changed from {ctx.caller.ip}."
    outbox.send(ctx, _recipient(ctx, site, user), "Password changed", told)


def _recipient(ctx: Context, site: Site, user: User) -> Any:
    """Return who hears of a change: by the panel's administrator or to the account's, its address; else the user's."""
    return site.metadata.email if ctx.role & Role.ADMIN else address_of(ctx, site, user)


def address_of(ctx: Context, site: Site, user: User) -> Any:
    """Return the address of a user: the account's for its administrator; else the one set, or the mailbox of that name."""
    if user.name == site.admin_user:
        return site.metadata.email
    return contacts.of_user(ctx.db, user.id) or f"{user.name}@{site.domain}"


def of_panel(ctx: Context) -> str | None:
    """Return the panel administrator's address, None while none is set."""
    return contacts.panel_email(ctx.db)


def account_changed(ctx: Context, site: Site, subject: str, text: str) -> None:
    """Tell an account's address of a change."""
    outbox.send(ctx, site.metadata.email, subject, text)
