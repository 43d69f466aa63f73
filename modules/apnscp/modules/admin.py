"""Module admin: accounts as the administrator sees them (docs/panel.md, section 11)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import StorageRow, UsageRow
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Secret
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.access import sessions
from apnscp.opcenter.lifecycle import asked, edits, groups, operations
from apnscp.opcenter.lifecycle.requests import (
    ADD_FLAGS,
    DELETE_FLAGS,
    EDIT_FLAGS,
    SUSPEND_FLAGS,
    read_flags,
    read_options,
)
from apnscp.opcenter.plans import library
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.services.rules import check
from apnscp.opcenter.services.values import resolved
from apnscp.opcenter.settings.machine import own_names
from apnscp.opcenter.sites import records, suspension
from apnscp.opcenter.sites.collected import CollectRow
from apnscp.opcenter.sites.identifiers import all_ids, domains_by_id, find_one, require_group, require_one
from apnscp.opcenter.sites.query import collect as collect_rows
from apnscp.opcenter.sites.query_names import require_service, warn_unknown
from apnscp.opcenter.usage import reports
from apnscp.opcenter.users import people
from apnscp.opcenter.users.contacts import panel_email, set_panel_email, valid_email
from apnscp.wire.soap.kinds import Rows


def _asked_new(
    ctx: Context, domain: str, admin: str, opts: list[Any] | dict[str, Any] = {}, flags: list[Any] | dict[str, Any] = {}
) -> asked.Asked:
    """Work out what add_site asks for before anything is locked: plans are read, a password is hashed."""
    options = read_options(opts, ADD_FLAGS)
    return asked.of_new_account(ctx, options.values, options.flags | read_flags(flags, ADD_FLAGS))


@command(Role.ADMIN, "write", prepare=_asked_new)
def add_site(
    ctx: Context, domain: str, admin: str, opts: list[Any] | dict[str, Any] = {}, flags: list[Any] | dict[str, Any] = {}
) -> bool:
    """Create an account.

    domain: primary domain, free on this server
    admin: name of the account's administrator, free among administrators
    opts: values as "service.parameter", "service,parameter" or nested; siteinfo.plan names the plan
    flags: plan, force, bootstrap, notify; derive-admin makes an administrator from the domain where admin is empty
    """
    operations.add_asked(ctx, domain, admin, ctx.prepared)
    return True


def _asked_edit(
    ctx: Context, site: str, opts: list[Any] | dict[str, Any] = {}, flags: list[Any] | dict[str, Any] = {}
) -> asked.Asked:
    """Work out what edit_site asks for before anything is locked, once for all accounts."""
    options = read_options(opts, EDIT_FLAGS)
    known = options.flags | read_flags(flags, EDIT_FLAGS)
    return asked.of_edit(ctx, options.values, known, None if known.get("all") else site)


@command(Role.ADMIN, "write", prepare=_asked_edit)
def edit_site(
    ctx: Context, site: str, opts: list[Any] | dict[str, Any] = {}, flags: list[Any] | dict[str, Any] = {}
) -> bool:
    """Change accounts: one, or all that hold an invoice.

    site: site id, domain, alias or invoice; with the flag all it does not count
    opts: values as in add-site; siteinfo.plan changes the plan
    flags: plan, reset, dry-run, backup, force, reconfig (rebuild is the same), all
    """
    request: asked.Asked = ctx.prepared

    def work(account: records.Site) -> None:
        change = edits.prepare_edit(ctx, account, request)
        if request.flags.get("dry-run"):
            edits.report_dry_run(ctx, account, change)
        else:
            operations.edit(ctx, account, change, request.flags)

    return groups.each(ctx, _all_ids(ctx) if request.flags.get("all") else require_group(ctx, site), work)


def _due(ctx: Context, site: str | None, flags: list[Any] | dict[str, Any]) -> dict[int, suspension.Mark] | None:
    """Choose by `since` and `match` before anything is locked: an expression may take its time."""
    known = read_flags(flags, DELETE_FLAGS)
    if site is None and known.get("since") is None:
        raise Refused("Missing site; without one the flag since must say how long accounts have been suspended")
    return suspension.due(ctx, known.get("since"), known.get("match"))


@command(Role.ADMIN, "write", prepare=_due)
def delete_site(ctx: Context, site: str | None, flags: list[Any] | dict[str, Any] = {}) -> bool:
    """Delete accounts: one, all that hold an invoice, or all that were suspended long enough.

    site: site id, domain, alias or invoice; null together with since for all suspended accounts
    flags: since (a time expression), match (a regular expression for the reason of suspension), force, dry-run
    """
    due: dict[int, suspension.Mark] | None = ctx.prepared
    group = list(due or ()) if site is None else require_group(ctx, site)
    chosen = [member for member in group if due is None or member in due]
    if not chosen:
        ctx.info("No account matches; nothing was deleted")
        return True
    dry_run = bool(read_flags(flags, DELETE_FLAGS).get("dry-run"))

    def work(account: records.Site) -> None:
        if due is None:
            operations.delete(ctx, account, dry_run=dry_run)
        else:
            operations.delete_due(ctx, account, due[account.id], dry_run=dry_run)

    return groups.each(ctx, chosen, work)


def _all_ids(ctx: Context) -> list[int]:
    found = all_ids(ctx.db)
    if not found:
        raise Refused("There are no accounts")
    return found


@command(Role.ADMIN, "write")
def activate_site(ctx: Context, site: str) -> bool:
    """Lift the suspension of accounts: one, or all that hold an invoice.

    site: site id, domain, alias or invoice
    """
    return groups.each(ctx, require_group(ctx, site), lambda account: operations.activate(ctx, account))


def _reason(ctx: Context, site: str, flags: list[Any] | dict[str, Any] = {}) -> str:
    """Read the template of a reason before anything is locked."""
    return operations.suspension_reason(read_flags(flags, SUSPEND_FLAGS))


@command(Role.ADMIN, "write", prepare=_reason)
def deactivate_site(ctx: Context, site: str, flags: list[Any] | dict[str, Any] = {}) -> bool:
    """Suspend accounts: one, or all that hold an invoice.

    site: site id, domain, alias or invoice
    flags: reason (lines that start with # or ; stay hidden from the customer), template
    """
    reason: str = ctx.prepared
    return groups.each(ctx, require_group(ctx, site), lambda account: operations.suspend(ctx, account, reason))


@command(Role.ADMIN, "write")
def hijack(ctx: Context, site: str, user: str | None = None, gate: str | None = None) -> Annotated[str | None, Secret]:
    """Open a session as a user of an account and return its id; the caller's own stays valid.

    site: site id, domain or alias; the server's own host name, or localhost, for a session of the administrator
    user: null for the account's administrator
    gate: UI, SOAP, DAV or CLI; SOAP, the gate of this call, when null
    """
    chosen = sessions.gate_named(gate, "SOAP")
    if host_form(site) in {ctx.settings.text("core.hostname").lower(), *own_names()}:
        administrator = people.require(ctx.db, people.PANEL, user or ctx.caller.user)
        return sessions.open_session(ctx, administrator, Role.ADMIN, chosen)
    found = records.load(ctx.db, require_one(ctx, site))
    name = found.admin_user if user is None else user
    return sessions.open_in_site(ctx, found, people.require(ctx.db, found.id, name), chosen)


@command(Role.ADMIN, "long")
def collect(
    ctx: Context,
    params: list[Any] | dict[str, Any] | None = [],
    query: list[Any] | dict[str, Any] | None = None,
    sites: list[Any] | dict[str, Any] | None = [],
) -> Annotated[Rows, dict[str, CollectRow]]:
    """Return values of services over accounts, one row each with `active` and `domain`.

    params: "service.param" or "service"; empty for email, admin_user, aliases, invoice and parent_invoice; null for all
    query: map of what must match, such as [billing.invoice:ABC-1] or [active:false]
    sites: site ids, domains, aliases or invoices to look at; a row's key is the identifier as passed, else siteN
    """
    wanted = list(sites.values() if isinstance(sites, dict) else sites or ())
    return Rows(collect_rows(ctx, params, query, wanted))


@command(Role.ADMIN, "long")
def get_usage(ctx: Context, field: str = "storage", sites: list[Any] = []) -> Annotated[Rows, dict[str, UsageRow]]:
    """Return what accounts use, keyed siteN, a row for every account.

    field: storage (KB and inodes: qused, qsoft, qhard, fused, fsoft, fhard), bandwidth (bytes: sum, threshold, begin,
        rollover) or cgroup (figures of 24 hours)
    sites: site ids, domains, aliases or invoices; all when empty
    """
    return Rows(reports.usage_rows(ctx, field, sites))


@command(Role.ADMIN, "long")
def get_domains(ctx: Context) -> Annotated[Rows, dict[int, str]]:
    """Return all accounts as a map of site id (a number) to primary domain, ordered by domain."""
    return Rows(domains_by_id(ctx.db))


@command(Role.ADMIN)
def list_plans(ctx: Context) -> list[str]:
    """Return the names of all plans."""
    return library.plans_of(ctx).names()


@command(Role.ADMIN)
def get_plan(ctx: Context, name: str) -> dict[str, dict[str, Any]]:
    """Return the settings of a plan, merged with its bases: service to parameter to value."""
    return library.plans_of(ctx).get(name)


@command(Role.ADMIN)
def get_address_from_domain(ctx: Context, domain: str) -> Any:
    """Return the contact address of the account that holds a domain, false when none does."""
    try:
        site_id = find_one(ctx.db, _domain(domain))
    except Refused as refusal:  # false is what this method answers wherever there is no address
        ctx.error("%s", refusal.text)
        return False
    return False if site_id is None else records.metadata_of(ctx.db, site_id).email


@command(Role.ADMIN)
def get_site_id_from_domain(ctx: Context, domain: str) -> int | None:
    """Return the number of the account that holds a domain, primary or alias; null when none does."""
    return find_one(ctx.db, _domain(domain))


@command(Role.ADMIN)
def get_meta_from_domain(ctx: Context, domain: str, service: str, class_: str | None = None) -> Any:
    """Return one parameter of the account that holds a domain, or a whole service.

    class: the parameter; null for the service
    """
    require_service(service)
    if class_ is not None:
        warn_unknown(ctx, [(service, class_)])
    values = resolved(records.metadata_of(ctx.db, require_one(ctx, domain)), ctx.settings)[service]
    return values if class_ is None else values.get(class_)


def _domain(text: str) -> str:
    try:
        return str(check("domain", text))
    except ValueError:
        raise Refused("`%s' is not a domain", text) from None


@command(Role.ADMIN)
def get_storage(ctx: Context) -> Annotated[dict[str, int], StorageRow]:
    """Return the space of the server's file system: qused, qsoft, qhard in KB, fused, fsoft, fhard in files."""
    return reports.server_storage()


@command(Role.ADMIN)
def get_email(ctx: Context) -> str | None:
    """Return the administrator's contact address, null while none is set."""
    return panel_email(ctx.db)


@command(Role.ADMIN, "write")
def set_email(ctx: Context, email: str) -> bool:
    """Set the administrator's contact address."""
    set_panel_email(ctx.db, valid_email(email))
    return True
