"""The life of an account: add, edit, suspend, activate, delete (docs/panel.md, sections 7 to 9).

Each function works on one account inside the caller's unit of work and raises Refused where it must not go on; `groups`
applies them to the sites of an invoice.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apnscp.core.context import Context
from apnscp.opcenter.access import credentials
from apnscp.opcenter.lifecycle import address_pools, first_certificate, names_from_domain, rooms
from apnscp.opcenter.lifecycle.asked import Asked, of_new_account
from apnscp.opcenter.lifecycle.edits import DATABASES, EFFECTS, Change, check_limits
from apnscp.opcenter.lifecycle.requests import Given, check_providers, checked
from apnscp.opcenter.lifecycle.safety_switches import preserved_on_deletion, switch_effects
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import Values, normalise, without_secrets
from apnscp.opcenter.sites import records, site_data, suspension
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store import outbox
from apnscp.opcenter.users import passwords, people


def add(ctx: Context, domain: str, admin: str, given: Given, flags: Mapping[str, Any]) -> Site:
    """Create an account; arguments as for `add_asked` and `asked.of_new_account`. Raises Refused; nothing is kept then."""
    return add_asked(ctx, domain, admin, of_new_account(ctx, given, flags))


def add_asked(ctx: Context, domain: str, admin: str, asked: Asked) -> Site:
    """Create an account.

    domain, admin: primary domain and administrator; they override siteinfo,domain and siteinfo,admin_user; with the flag
        derive-admin an empty administrator is made from the domain
    asked: the values of the account, worked out before
    Raises Refused; nothing is kept then.
    """
    values = checked(ctx, asked.values)
    domain = str(normalise("siteinfo", "domain", domain))
    derived = bool(asked.flags.get("derive-admin")) and not admin
    if derived:
        admin = names_from_domain.administrator(ctx, domain)
    names = {"domain": domain, "admin_user": normalise("siteinfo", "admin_user", admin)}
    plan = asked.plan or plans_of(ctx).default
    begun = begun_on(plan, asked.plan_values(ctx, plan))
    metadata = complete(ctx, begun.with_values(values).with_values({"siteinfo": names}))
    check_providers(ctx, values, metadata)
    metadata = address_pools.assign(ctx, metadata, values, None)
    asked.require_strong_password(ctx, metadata.admin_user)
    check_limits(metadata)
    site = records.add(ctx, metadata)
    ctx.became(begun, site)
    people.add(ctx.db, site.id, site.admin_user, asked.password or passwords.unknown(), ctx.clock.unix())
    rooms.changed(ctx, None, site)
    first_certificate.get(ctx, site, asked.flags)
    if derived:
        ctx.info("%s: siteinfo,admin_user is `%s', made from the domain", site.label, site.admin_user)
    if asked.flags.get("notify"):
        outbox.send(ctx, metadata.email, "Welcome", f"Your account {site.domain} is ready.")
    return site


def complete(ctx: Context, metadata: Metadata) -> Metadata:
    """Return the document of a new account with the names of its databases, where it brings none."""
    for service in DATABASES:
        if metadata.enabled(service):
            metadata = names_from_domain.with_database_names(ctx.db, metadata, service)
    return metadata


def draft(ctx: Context, plan: str) -> Metadata:
    """Return the document that accounts of a plan start from, without what is each one's own: names and addresses."""
    return begun_on(plan, plans_of(ctx).get(plan))


def begun_on(plan: str, values: Values) -> Metadata:
    """Return the same from the values of the plan."""
    return Metadata(without_secrets(values)).with_value("siteinfo", "plan", plan)


def edit(ctx: Context, site: Site, change: Change, flags: Mapping[str, Any]) -> None:
    """Carry out what `prepare_edit` worked out."""
    if flags.get("backup"):
        back_up(ctx, site)
    effects = switch_effects(site.metadata, change.metadata)
    after = site
    if change.changed:
        after = save(ctx, site, change.metadata)
    for service, action in effects:
        ctx.info("%s: %s: %s", after.label, service, EFFECTS[action])
    if change.password:
        administrator = people.require(ctx.db, after.id, after.admin_user)
        credentials.replace_password(ctx, administrator, change.password)
        ctx.info("%s: password of `%s' changed", after.label, after.admin_user)
    if flags.get("reconfig") or flags.get("rebuild"):
        ctx.info("%s: all services reconfigured", after.label)


def save(ctx: Context, site: Site, metadata: Metadata) -> Site:
    """Replace a site's metadata, let every room follow, and return the site as it is now; raises Refused."""
    after = records.save(ctx, site, metadata)
    rooms.changed(ctx, site, after)
    return after


def suspension_reason(flags: Mapping[str, Any]) -> str:
    """Return the reason that the flags of a suspension come to; raises Refused for a template that does not exist.

    flags: those of SUSPEND_FLAGS
    """
    reason = flags.get("reason")
    text = "" if reason is None else str(reason)
    return suspension.from_template(str(flags["template"]), text) if flags.get("template") else text


def suspend(ctx: Context, site: Site, reason: str = "") -> None:
    """Suspend an account; a suspended one gets the new reason and, with one, a new date."""
    if site.suspended_at is None or reason:
        rooms.changed(ctx, site, records.mark_suspended(ctx, site, ctx.clock.unix(), reason))


def activate(ctx: Context, site: Site) -> None:
    """Lift an account's suspension; an active account stays as it is."""
    rooms.changed(ctx, site, records.mark_active(ctx, site))


def delete(ctx: Context, site: Site, *, dry_run: bool) -> None:
    """Delete an account, or announce it."""
    if dry_run:
        since = site.suspended_at
        told = "no suspension date" if since is None else f"suspension date {suspension.day(since)}"
        ctx.info("%s (%s; %s) will be deleted", f"site{site.id}", site.domain, told)
        return
    for service in preserved_on_deletion(site.metadata):
        if site.metadata.enabled(service):
            ctx.info("%s: %s: data outlives the account", site.label, service)
    rooms.changed(ctx, site, None)
    records.delete(ctx.db, site)
    ctx.became(site, None)


def delete_due(ctx: Context, site: Site, mark: suspension.Mark, *, dry_run: bool) -> bool:
    """Delete an account that was chosen by its suspension, or announce it; tell False for one that stays.

    mark: of the suspension for which it was chosen; with another, or none, it stays: it was activated since
    """
    if mark != (site.suspended_at, site.reason):
        ctx.info("%s was activated or suspended anew meanwhile and stays", site.label)
        return False
    delete(ctx, site, dry_run=dry_run)
    return True


def back_up(ctx: Context, site: Site) -> None:
    """Copy the metadata of an account aside, overwriting the copy before."""
    site_data.put(ctx.db, site.id, "backup", "metadata", site.metadata)
