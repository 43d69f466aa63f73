"""AddDomain, EditDomain, DeleteDomain, SuspendDomain and ActivateDomain (docs/panel.md, section 8)."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import monotonic
from typing import Any

import click

from apnscp.client.shell.domain_options import (
    DRY_RUN,
    FORCE,
    MORE_SITES,
    PLAN,
    SETTINGS,
    SITES,
    domain_command,
    flags_of,
)

ADD_FLAGS = {"plan": "plan", "force": "force", "bootstrap": "bootstrap", "notify": "notify"}
EDIT_FLAGS = {"plan": "plan", "reset": "reset", "dry_run": "dry-run", "backup": "backup", "force": "force"} | {
    "reconfig": "reconfig",
    "all_": "all",
}
DELETE_FLAGS = {"since": "since", "match": "match", "force": "force", "dry_run": "dry-run"}
EVERY = ""
"""Stands for the site where the flag `all` makes it count for nothing; the panel wants a text there."""
SUSPEND_FLAGS = {"reason": "reason", "template": "template"}


def _option(*names: str, **kwargs: Any) -> Any:
    return click.option(*names, **kwargs)


@domain_command(
    SETTINGS,
    PLAN,
    FORCE,
    _option("--bootstrap", is_flag=False, flag_value="true", metavar="[BOOL]", help="Try to get a certificate."),
    _option("--notify", is_flag=True, help="Send a welcome mail to siteinfo,email."),
)
def add_domain(settings: tuple[str, ...], **params: Any) -> int:
    """Add a site: -c siteinfo,domain=DOMAIN -c siteinfo,admin_user=USER and what else differs from its plan."""
    from apnscp.client.shell.settings import read

    options = _with_password(read(settings))
    if not options.get("siteinfo.domain") or not options.get("siteinfo.admin_user"):
        raise click.UsageError("A site needs -c siteinfo,domain=DOMAIN and -c siteinfo,admin_user=USER")
    domain, admin = str(options.pop("siteinfo.domain")), str(options.pop("siteinfo.admin_user"))
    return _each("admin:add-site", [domain], (admin, options, flags_of(params, ADD_FLAGS)), params)


@domain_command(
    SITES,
    MORE_SITES,
    SETTINGS,
    PLAN,
    _option("--reset", is_flag=True, help="Take the plan's values again."),
    DRY_RUN,
    _option("--backup", is_flag=True, help="Keep a copy of the metadata first."),
    FORCE,
    _option("--reconfig", is_flag=True, help="Configure services again, changed or not."),
    _option("--all", "all_", is_flag=True, help="Edit every site."),
)
def edit_domain(sites: tuple[str, ...], more: tuple[str, ...], settings: tuple[str, ...], **params: Any) -> int:
    """Edit sites; an invoice stands for all sites that hold it."""
    from apnscp.client.shell.settings import read

    options = _with_password(read(settings))
    given = sites + more
    if params["all_"] and given:
        raise click.UsageError(f"Either --all or sites, such as {given[0]}")
    targets = (
        [EVERY] if params["all_"] else _targets(given, False, "EditDomain needs a site, domain or invoice, or --all")
    )
    return _each("admin:edit-site", targets, (options, flags_of(params, EDIT_FLAGS)), params)


@domain_command(
    SITES,
    MORE_SITES,
    _option("--since", metavar="TIME", help='Only what is suspended that long: now, "30 days ago", unix time.'),
    _option("--match", "--filter", "match", metavar="REGEX", help="Only what is suspended for a reason like this."),
    FORCE,
    DRY_RUN,
)
def delete_domain(sites: tuple[str, ...], more: tuple[str, ...], **params: Any) -> int:
    """Delete sites; without a site, with --since, all that are suspended long enough."""
    since = params["since"] is not None
    targets = _targets(sites + more, since, "DeleteDomain needs a site, domain or invoice, or --since")
    return _each("admin:delete-site", targets, (flags_of(params, DELETE_FLAGS),), params)


@domain_command(
    SITES,
    MORE_SITES,
    _option("--reason", metavar="TEXT", help="Why; lines that start with # or ; stay hidden from the customer."),
    _option("--template", metavar="NAME", help="Template that the reason is put into."),
)
def suspend_domain(sites: tuple[str, ...], more: tuple[str, ...], **params: Any) -> int:
    """Suspend sites; an invoice stands for all sites that hold it."""
    targets = _targets(sites + more, False, "SuspendDomain needs a site, domain or invoice")
    return _each("admin:deactivate-site", targets, (flags_of(params, SUSPEND_FLAGS),), params)


@domain_command(SITES, MORE_SITES)
def activate_domain(sites: tuple[str, ...], more: tuple[str, ...], **params: Any) -> int:
    """Activate suspended sites; an invoice stands for all sites that hold it."""
    targets = _targets(sites + more, False, "ActivateDomain needs a site, domain or invoice")
    return _each("admin:activate-site", targets, (), params)


def _targets(given: tuple[str, ...], may_lack: bool, complaint: str) -> list[str | None]:
    if not given and not may_lack:
        raise click.UsageError(complaint)
    return list(given) or [None]


def _with_password(options: dict[str, Any]) -> dict[str, Any]:
    """Ask for the password where auth.passwd wants that, and send it as auth.tpasswd."""
    if options.get("auth.passwd") in (1, True):
        del options["auth.passwd"]
        options["auth.tpasswd"] = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return options


def _each(method: str, targets: Sequence[str | None], rest: tuple[Any, ...], params: dict[str, Any]) -> int:
    from apnscp.client.errors import ConnectionFailed, Fault
    from apnscp.client.shell import connection_options
    from apnscp.client.shell.domain_report import Report
    from apnscp.client.shell.waiting import waiting

    dry_edit = method == "admin:edit-site" and params["dry_run"]
    panel, report, begun = connection_options.panel(params), Report(params["output"] == "json", dry_edit), monotonic()
    for place, target in enumerate(targets, 1):
        try:
            with waiting(panel, _named(method, target, place, len(targets)), begun):
                answer = panel.call(method, target, *rest)
        except (Fault, ConnectionFailed) as error:
            if not report.error(error, panel.messages):
                break
        else:
            report.answer(answer)
    return report.close()


def _named(method: str, target: str | None, place: int, count: int) -> str:
    return f"{method} {target or ''}".rstrip() + (f" ({place} of {count})" if count > 1 else "")


def _run(command: click.Command, name: str) -> None:
    from apnscp.client.shell.output import run

    sys.exit(run(command, name))


def add() -> None:
    """Run ``AddDomain``."""
    _run(add_domain, "AddDomain")


def edit() -> None:
    """Run ``EditDomain``."""
    _run(edit_domain, "EditDomain")


def delete() -> None:
    """Run ``DeleteDomain``."""
    _run(delete_domain, "DeleteDomain")


def suspend() -> None:
    """Run ``SuspendDomain``."""
    _run(suspend_domain, "SuspendDomain")


def activate() -> None:
    """Run ``ActivateDomain``."""
    _run(activate_domain, "ActivateDomain")
