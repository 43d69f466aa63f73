"""The life of an account: add, edit, suspend, activate, delete (docs/panel.md, sections 7 to 9).

Each function works on one account inside the caller's unit of work and raises Refused where it must not go on; `groups`
applies them to the sites of an invoice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import database_names
from apnscp.opcenter.lifecycle.edits import DATABASES, EFFECTS, Change, check_limits, prepare_edit, report_dry_run
from apnscp.opcenter.lifecycle.requests import Given, password_hash, plan_named, take_secrets, values_of
from apnscp.opcenter.lifecycle.safety_switches import preserved_on_deletion, switch_effects
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.services.values import Metadata, normalise, without_secrets
from apnscp.opcenter.sites import records, suspension
from apnscp.opcenter.sites.addresses import SHARED_ADDRESS
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import site_data_table
from apnscp.opcenter.store import outbox
from apnscp.opcenter.users import passwords, people

__all__ = [
    "DATABASES",
    "activate",
    "add",
    "back_up",
    "complete",
    "delete",
    "draft",
    "edit",
    "plans_of",
    "prepare_edit",
    "report_dry_run",
    "suspend",
]


def add(ctx: Context, domain: str, admin: str, given: Given, flags: Mapping[str, Any]) -> Site:
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
    account = records.insert_new(ctx, doc, password)
    if flags.get("notify"):
        outbox.send(ctx, account.doc["siteinfo"]["email"], "Welcome", f"Your account {account.domain} is ready.")
    return account


def complete(ctx: Context, doc: Metadata) -> None:
    """Give a new account what it did not name: database names and a shared address."""
    for service in DATABASES:
        if doc[service]["enabled"]:
            database_names.name_databases(ctx.db, doc, service)
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


def edit(ctx: Context, account: Site, change: Change, flags: Mapping[str, Any]) -> None:
    """Carry out what `plan_edit` worked out."""
    if flags.get("backup"):
        back_up(ctx, account)
    effects = switch_effects(account.doc, change.doc)
    if change.changed:
        records.save(ctx, account, change.doc)
    for service, action in effects:
        ctx.info("%s: %s: %s", account.label, service, EFFECTS[action])
    if change.password:
        people.set_password(ctx.db, account.id, account.admin_user, change.password)
        ctx.info("%s: password of `%s' changed", account.label, account.admin_user)
    if flags.get("reconfig"):
        ctx.info("%s: all services reconfigured", account.label)


def suspend(ctx: Context, account: Site, flags: Mapping[str, Any]) -> None:
    """Suspend an account; a suspended one gets the new reason and, with one, a new date.

    flags: reason, template
    """
    reason = flags.get("reason")
    text = "" if reason is None else str(reason)
    if flags.get("template"):
        text = suspension.from_template(str(flags["template"]), text)
    renewed = account.suspended_at is None or bool(text)
    since = ctx.clock.unix() if renewed else account.suspended_at
    records.mark_suspended(ctx.db, account, since, text if renewed else account.reason)


def activate(ctx: Context, account: Site) -> None:
    """Lift an account's suspension; an active account stays as it is."""
    records.mark_suspended(ctx.db, account, None, None)


def delete(ctx: Context, account: Site, *, dry_run: bool) -> None:
    """Delete an account, or announce it."""
    if dry_run:
        since = account.suspended_at
        told = "no suspension date" if since is None else f"suspended {suspension.day(since)}"
        ctx.info("%s (%s; %s) will be deleted", f"site{account.id}", account.domain, told)
        return
    for service in preserved_on_deletion(account.doc):
        if account.doc[service]["enabled"]:
            ctx.info("%s: %s: data outlives the account", account.label, service)
    records.delete(ctx.db, account)


def back_up(ctx: Context, account: Site) -> None:
    """Copy the metadata of an account aside, overwriting the copy before."""
    chosen = (
        (site_data_table.c.site_id == account.id)
        & (site_data_table.c.kind == "backup")
        & (site_data_table.c.name == "metadata")
    )
    ctx.db.execute(site_data_table.delete().where(chosen))
    copy = json.dumps(account.doc)
    ctx.db.execute(insert(site_data_table).values(site_id=account.id, kind="backup", name="metadata", value=copy))
