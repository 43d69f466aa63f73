"""The life of an account: add, edit, suspend, activate, delete (docs/panel.md, sections 7 to 9).

Each function works on one account inside the caller's unit of work and raises Refused where it must not go on; `groups`
applies them to the sites of an invoice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert

from apnscp.core.context import Context
from apnscp.opcenter import accounts, mails, passwords, suspension, users
from apnscp.opcenter.accounts import Account
from apnscp.opcenter.changes import DATABASES, EFFECTS, Change, announce, check_limits, plan_edit
from apnscp.opcenter.given import Given, password_hash, plan_named, plans_of, take_secrets, values_of
from apnscp.opcenter.schema import kept
from apnscp.opcenter.services import Metadata, normalise, without_secrets
from apnscp.opcenter.side_effects import preserved_on_deletion, switch_effects

__all__ = [
    "DATABASES",
    "activate",
    "add",
    "announce",
    "complete",
    "draft",
    "edit",
    "keep_backup",
    "plan_edit",
    "plans_of",
    "remove",
    "suspend",
]

SHARED_ADDRESS = "192.0.2.10"
"""Address of accounts without one of their own: from the documentation range, so that it never means a real host."""


def add(ctx: Context, domain: str, admin: str, given: Given, flags: Mapping[str, Any]) -> Account:
    """Create an account.

    domain, admin: primary domain and administrator; they override siteinfo,domain and siteinfo,admin_user
    given: values by service and parameter, in any form a client sends; flags: those of ADD_FLAGS
    Raises Refused; nothing is kept then.
    """
    values = values_of(ctx, given)
    plan = plan_named(ctx, values, flags)
    doc = draft(ctx, plan)
    secrets = take_secrets(values)
    for service, parameters in values.items():
        doc[service].update(parameters)
    doc["siteinfo"]["domain"] = normalise("siteinfo", "domain", domain)
    doc["siteinfo"]["admin_user"] = normalise("siteinfo", "admin_user", admin)
    complete(ctx, doc)
    password = password_hash(ctx, secrets, doc["siteinfo"]["admin_user"]) or passwords.crypt(passwords.generate())
    check_limits(doc)
    account = accounts.insert_new(ctx, doc, password)
    if flags.get("notify"):
        mails.send(ctx, account.doc["siteinfo"]["email"], "Welcome", f"Your account {account.domain} is ready.")
    return account


def complete(ctx: Context, doc: Metadata) -> None:
    """Give a new account what it did not name: database names and a shared address."""
    for service in DATABASES:
        if doc[service]["enabled"]:
            accounts.name_databases(ctx.db, doc, service)
    _share_address(doc)


def draft(ctx: Context, plan: str) -> Metadata:
    """Return the document that accounts of a plan start from, without what is each one's own: names and databases."""
    doc = without_secrets(plans_of(ctx).get(plan))
    doc["siteinfo"]["plan"] = plan
    _share_address(doc)
    return doc


def _share_address(doc: Metadata) -> None:
    if doc["ipinfo"]["namebased"] and not doc["ipinfo"]["nbaddrs"]:
        doc["ipinfo"]["nbaddrs"] = [SHARED_ADDRESS]


def edit(ctx: Context, account: Account, change: Change, flags: Mapping[str, Any]) -> None:
    """Carry out what `plan_edit` worked out."""
    if flags.get("backup"):
        keep_backup(ctx, account)
    effects = switch_effects(account.doc, change.doc)
    if change.changed:
        accounts.save(ctx, account, change.doc)
    for service, action in effects:
        ctx.info("%s: %s: %s", account.label, service, EFFECTS[action])
    if change.password:
        users.set_password(ctx.db, account.id, account.admin_user, change.password)
        ctx.info("%s: password of `%s' changed", account.label, account.admin_user)
    if flags.get("reconfig"):
        ctx.info("%s: all services reconfigured", account.label)


def suspend(ctx: Context, account: Account, flags: Mapping[str, Any]) -> None:
    """Suspend an account; a suspended one gets the new reason and, with one, a new date.

    flags: reason, template
    """
    reason = flags.get("reason")
    text = "" if reason is None else str(reason)
    if flags.get("template"):
        text = suspension.from_template(str(flags["template"]), text)
    renewed = account.suspended_at is None or bool(text)
    since = ctx.clock.unix() if renewed else account.suspended_at
    accounts.mark_suspended(ctx.db, account, since, text if renewed else account.reason)


def activate(ctx: Context, account: Account) -> None:
    """Lift an account's suspension; an active account stays as it is."""
    accounts.mark_suspended(ctx.db, account, None, None)


def remove(ctx: Context, account: Account, *, dry_run: bool) -> None:
    """Delete an account, or announce it."""
    if dry_run:
        since = account.suspended_at
        told = "no suspension date" if since is None else f"suspended {suspension.day(since)}"
        ctx.info("%s (%s; %s) will be deleted", f"site{account.id}", account.domain, told)
        return
    for service in preserved_on_deletion(account.doc):
        if account.doc[service]["enabled"]:
            ctx.info("%s: %s: data outlives the account", account.label, service)
    accounts.remove(ctx.db, account)


def keep_backup(ctx: Context, account: Account) -> None:
    """Copy the metadata of an account aside, overwriting the copy before."""
    chosen = (kept.c.site_id == account.id) & (kept.c.kind == "backup") & (kept.c.name == "metadata")
    ctx.db.execute(delete(kept).where(chosen))
    copy = json.dumps(account.doc)
    ctx.db.execute(insert(kept).values(site_id=account.id, kind="backup", name="metadata", value=copy))
