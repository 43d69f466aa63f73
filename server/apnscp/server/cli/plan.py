"""``apnscpd plan``: make, edit, compare, verify and remove plans (docs/panel.md, section 7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import click

from apnscp.opcenter.lifecycle.requests import read_options
from apnscp.opcenter.plans.library import Plans
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values
from apnscp.opcenter.settings import config as panel_settings
from apnscp.opcenter.store import transactions
from apnscp.server.cli.decorators import errors_as_lines, pass_settings
from apnscp.server.panel_factory import NoPanel, existing_store, plan_folders
from apnscp.server.settings import Settings
from apnscp.wire.cpcmd import formats

_DEFAULT_PLAN = "opcenter.default_plan"
_ARGUMENT = ":"  # no plan can have this name: the option stood alone and NAME says which plan


@dataclass(frozen=True)
class _PlanRequest:
    """What an action needs."""

    settings: Settings
    plans: Plans
    name: str
    other: str | None
    values: Values


def _named(option: str, text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Declare an action that takes its plan as value (``--new gold``) or from NAME (``gold --new``)."""
    return click.option(option, is_flag=False, flag_value=_ARGUMENT, metavar="NAME", help=text)


@click.command("plan")
@click.argument("name", required=False)
@_named("--new", "Make a plan.")
@_named("--edit", "Change values of a plan; one of the package's is copied first.")
@_named("--verify", "List what is wrong with a plan.")
@_named("--default", "Show the default plan, or choose it.")
@_named("--remove", "Remove a plan.")
@click.option("--diff", metavar="PLAN", help="Show how NAME, or the default plan, differs from this plan.")
@click.option("--list", "list_", is_flag=True, help="List the plans; what happens without any option.")
@click.option("--base", metavar="PLAN", help="With --new: copy this plan's own values.")
@click.option("-c", "--config", multiple=True, metavar="SERVICE,PARAM=VALUE", help="With --new or --edit: a value.")
@pass_settings
@errors_as_lines
def plan(
    settings: Settings,
    /,
    name: str | None,
    base: str | None,
    config: tuple[str, ...],
    list_: bool,
    **actions: str | None,
) -> None:
    """Make, edit, compare, verify and remove plans.

    NAME alone shows the plan with all that it inherits.
    """
    chosen = {action: given for action, given in actions.items() if given is not None}
    if len(chosen) + list_ > 1:
        raise click.UsageError("Give one of --new, --edit, --diff, --verify, --default, --remove, --list")
    action, given = next(iter(chosen.items()), ("list" if list_ or name is None else "show", None))
    if (base is not None and action != "new") or (config and action not in ("new", "edit")):
        raise click.UsageError("--base goes with --new, and -c with --new or --edit")
    _ACTIONS[action](_request(settings, action, name, given, base, config))


def _request(
    settings: Settings, action: str, name: str | None, given: str | None, base: str | None, config: tuple[str, ...]
) -> _PlanRequest:
    plans = Plans(plan_folders(settings), default=_read_default(settings))
    if action == "diff":
        return _PlanRequest(settings, plans, name or plans.default, given, {})
    if name is not None and given not in (None, _ARGUMENT):
        raise click.UsageError(f"Two names given: {given} and {name}")
    target = name if given in (None, _ARGUMENT) else given
    if target is None and action not in ("list", "default"):
        raise click.UsageError(f"--{action} needs the name of a plan")
    return _PlanRequest(settings, plans, target or "", base, _values(config))


def _values(config: tuple[str, ...]) -> Values:
    entries = [entry.partition("=") for entry in config]
    for address, equals, _ in entries:
        if not equals or "," not in address.replace(".", ",", 1):
            raise click.UsageError(f"-c takes SERVICE,PARAM=VALUE, not `{address}'")
    return read_options({address: value for address, _, value in entries}).values


def _list(request: _PlanRequest) -> None:
    for name in request.plans.names():
        click.echo(f"{name} (default)" if name == request.plans.default else name)


def _show(request: _PlanRequest) -> None:
    click.echo(formats.dump(request.plans.get(request.name), "yaml"))


def _new(request: _PlanRequest) -> None:
    request.plans.create(request.name, request.other, request.values)
    click.echo(f"Plan `{request.name}' made in {plan_folders(request.settings)[0]}")


def _edit(request: _PlanRequest) -> None:
    if not request.values:
        raise click.UsageError("--edit needs values: -c SERVICE,PARAM=VALUE")
    request.plans.edit(request.name, request.values)
    click.echo(f"Plan `{request.name}' changed in {plan_folders(request.settings)[0]}")


def _diff(request: _PlanRequest) -> None:
    for service, parameter, first, second in request.plans.diff(str(request.other), request.name):
        click.echo(f"-{service},{parameter}={_word(first)}")
        click.echo(f"+{service},{parameter}={_word(second)}")


def _word(value: StoredValue) -> str:
    return "None" if value is None else str(value)


def _verify(request: _PlanRequest) -> None:
    problems = request.plans.verify(request.name)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"Plan `{request.name}' is sound")


def _remove(request: _PlanRequest) -> None:
    request.plans.remove(request.name)
    click.echo(f"Plan `{request.name}' removed")


def _choose_default(request: _PlanRequest) -> None:
    if not request.name:
        click.echo(request.plans.default)
        return
    request.plans.under(request.name).get(request.name)
    with existing_store(request.settings) as engine, transactions.writing(engine) as db:
        panel_settings.put(db, _DEFAULT_PLAN, request.name)
    click.echo(f"Plan `{request.name}' is the default plan")


def _read_default(settings: Settings) -> str:
    """Return the default plan of the panel, without making a store where there is none yet."""
    try:
        with existing_store(settings) as engine, transactions.reading(engine) as db:
            return str(panel_settings.load(db)[_DEFAULT_PLAN])
    except NoPanel:
        return str(panel_settings.DEFAULTS[_DEFAULT_PLAN])


_ACTIONS: dict[str, Callable[[_PlanRequest], None]] = {
    "list": _list,
    "show": _show,
    "new": _new,
    "edit": _edit,
    "diff": _diff,
    "verify": _verify,
    "remove": _remove,
    "default": _choose_default,
}
