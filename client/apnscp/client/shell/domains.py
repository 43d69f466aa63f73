"""AddDomain, EditDomain, DeleteDomain, SuspendDomain and ActivateDomain (docs/panel.md, section 8)."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from apnscp.client.shell import exits
from apnscp.client.shell.connection_options import connect
from apnscp.client.shell.domain_options import (
    DRY_RUN,
    FORCE_ACCEPTED,
    FORCE_EDIT,
    MORE_SITES,
    PLAN,
    SETTINGS,
    SITES,
    domain_command,
    flags_of,
)
from apnscp.client.shell.new_site import make_password, new_site
from apnscp.client.shell.prompts import hidden
from apnscp.client.shell.running import main
from apnscp.client.shell.settings import read_settings

if TYPE_CHECKING:
    from apnscp.client.connection.panel_connection import PanelConnection
    from apnscp.client.shell.domain_report import Report

ADD_FLAGS = ("plan", "force", "bootstrap", "notify")
EDIT_FLAGS = ("plan", "reset", "dry_run", "backup", "force", "reconfig", "all_")
DELETE_FLAGS = ("since", "match", "force", "dry_run")
SUSPEND_FLAGS = ("reason", "template")
ALL_SITES = ""
"""What the panel takes as the site if the flag `all` is set."""


@domain_command(
    SETTINGS,
    PLAN,
    FORCE_ACCEPTED,
    click.option("--bootstrap", is_flag=False, flag_value="true", metavar="[BOOL]", help="Try to get a certificate."),
    click.option("--notify", is_flag=True, help="Send a welcome e-mail to siteinfo,email."),
)
def add_domain(settings: tuple[str, ...], **params: Any) -> int:
    """Add a site: -c siteinfo,domain=DOMAIN and what else differs from its plan.

    Prints the site. Without -c siteinfo,admin_user=USER the panel makes the name of its administrator from the domain.
    Without a password in -c auth,tpasswd=PASSWORD it makes one and prints it too; -c auth,passwd=1 asks for one, or
    reads it from a pipe.
    """
    options = _with_password(read_settings(settings))
    if not options.get("siteinfo.domain"):
        raise click.UsageError("A site needs -c siteinfo,domain=DOMAIN")
    domain, admin = str(options.pop("siteinfo.domain")), str(options.pop("siteinfo.admin_user", None) or "")
    flags = flags_of(params, ADD_FLAGS) | ({} if admin else {"derive-admin": True})
    made = make_password(options)
    panel, report = connect(params), _report(params)
    _each(panel, report, "admin:add-site", [domain], (admin, options | made, flags))
    if report.code == exits.DONE:
        report.value(new_site(panel, domain, admin, made))
    return report.close()


@domain_command(
    SITES,
    MORE_SITES,
    SETTINGS,
    PLAN,
    click.option("--reset", is_flag=True, help="Take the plan's values again."),
    DRY_RUN,
    click.option("--backup", is_flag=True, help="Keep a copy of the metadata first."),
    FORCE_EDIT,
    click.option("--reconfig", "--rebuild", "reconfig", is_flag=True, help="Configure services again, changed or not."),
    click.option("--all", "all_", is_flag=True, help="Edit every site."),
)
def edit_domain(sites: tuple[str, ...], more: tuple[str, ...], settings: tuple[str, ...], **params: Any) -> int:
    """Edit sites; an invoice stands for all sites that hold it.

    --reconfig alone configures every site again, and changes nothing else.
    """
    options = _with_password(read_settings(settings))
    named = sites + more
    if params["all_"] and named:
        raise click.UsageError(f"Either --all or sites, such as {named[0]}")
    params["all_"] = params["all_"] or (not named and _only_reconfigures(options, params))
    needed = "Name a site, domain or invoice, or every site with --all"
    targets = [ALL_SITES] if params["all_"] else _targets(named, needed)
    return _run("admin:edit-site", targets, (options, flags_of(params, EDIT_FLAGS)), params, dry_edit=params["dry_run"])


@domain_command(
    SITES,
    MORE_SITES,
    click.option(
        "--since", metavar="TIME", help='Only what has been suspended that long: now, "30 days ago", unix time.'
    ),
    click.option(
        "--match", "--filter", "match", metavar="REGEX", help="Only what is suspended for a reason that matches."
    ),
    FORCE_ACCEPTED,
    DRY_RUN,
)
def delete_domain(sites: tuple[str, ...], more: tuple[str, ...], **params: Any) -> int:
    """Delete sites; without a site, with --since, all that are suspended long enough."""
    needed = "Name a site, domain or invoice, or what is suspended with --since"
    targets = _targets(sites + more, needed, optional=params["since"] is not None)
    return _run("admin:delete-site", targets, (flags_of(params, DELETE_FLAGS),), params)


@domain_command(
    SITES,
    MORE_SITES,
    click.option("--reason", metavar="TEXT", help="Why; lines that start with # or ; stay hidden from the customer."),
    click.option("--template", metavar="NAME", help="Template that the reason is put into."),
)
def suspend_domain(sites: tuple[str, ...], more: tuple[str, ...], **params: Any) -> int:
    """Suspend sites; an invoice stands for all sites that hold it."""
    targets = _targets(sites + more, "Name a site, domain or invoice")
    return _run("admin:deactivate-site", targets, (flags_of(params, SUSPEND_FLAGS),), params)


@domain_command(SITES, MORE_SITES)
def activate_domain(sites: tuple[str, ...], more: tuple[str, ...], **params: Any) -> int:
    """Activate suspended sites; an invoice stands for all sites that hold it."""
    targets = _targets(sites + more, "Name a site, domain or invoice")
    return _run("admin:activate-site", targets, (), params)


def _only_reconfigures(options: dict[str, Any], params: dict[str, Any]) -> bool:
    """Tell whether an edit leaves all values as they are; the documentation shows such a one without a site."""
    return params["reconfig"] and not options and not params["plan"] and not params["reset"]


def _targets(named: tuple[str, ...], needed: str, optional: bool = False) -> list[str | None]:
    if not named and not optional:
        raise click.UsageError(needed)
    return list(named) or [None]


def _with_password(options: dict[str, Any]) -> dict[str, Any]:
    """Ask for the password if auth.passwd is 1, or read it from a pipe, and send it as auth.tpasswd."""
    if options.get("auth.passwd") in (1, True):
        del options["auth.passwd"]
        options["auth.tpasswd"] = hidden("Password", twice=True)
    return options


def _run(
    method: str, targets: Sequence[str | None], rest: tuple[Any, ...], params: dict[str, Any], *, dry_edit: bool = False
) -> int:
    report = _report(params, dry_edit)
    _each(connect(params), report, method, targets, rest)
    return report.close()


def _report(params: dict[str, Any], dry_edit: bool = False) -> Report:
    from apnscp.client.shell.domain_report import Report

    return Report(click.get_current_context().command_path, params["output"] == "json", dry_edit)


def _each(
    panel: PanelConnection, report: Report, method: str, targets: Sequence[str | None], rest: tuple[Any, ...]
) -> None:
    from apnscp.client.errors import ConnectionFailed, Fault
    from apnscp.client.shell.waiting import waiting

    started = monotonic()
    for place, target in enumerate(targets, 1):
        try:
            with waiting(panel, _progress(method, target, place, len(targets)), started):
                answer = panel.call(method, target, *rest)
        except (Fault, ConnectionFailed) as error:
            if not report.error(error, panel.messages):
                break
        else:
            report.answer(answer)


def _progress(method: str, target: str | None, place: int, count: int) -> str:
    return f"{method} {target or ''}".rstrip() + (f" ({place} of {count})" if count > 1 else "")


def add() -> None:
    """Run ``AddDomain``."""
    main(add_domain, "AddDomain")


def edit() -> None:
    """Run ``EditDomain``."""
    main(edit_domain, "EditDomain")


def delete() -> None:
    """Run ``DeleteDomain``."""
    main(delete_domain, "DeleteDomain")


def suspend() -> None:
    """Run ``SuspendDomain``."""
    main(suspend_domain, "SuspendDomain")


def activate() -> None:
    """Run ``ActivateDomain``."""
    main(activate_domain, "ActivateDomain")
