"""``apnscpd plan``: make, edit, compare, verify and remove plans (docs/panel.md, section 7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine, inspect, make_url

from apnscp.core.errors import ApnscpError
from apnscp.opcenter.lifecycle.requests import read_options
from apnscp.opcenter.plans.library import Plans
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values
from apnscp.opcenter.settings import config as panel_settings
from apnscp.opcenter.store import schema, transactions
from apnscp.opcenter.store.engine import open_engine
from apnscp.server.panel_factory import out_of_reach, plan_folders, store_url
from apnscp.server.settings import Settings, SetupError
from apnscp.wire.cpcmd import formats

_DEFAULT_PLAN = "opcenter.default_plan"
_ARGUMENT = ":"  # no plan can have this name: the option stood alone and NAME says which plan


@dataclass(frozen=True)
class _Request:
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
@click.pass_context
def plan(
    context: click.Context,
    /,
    name: str | None,
    base: str | None,
    config: tuple[str, ...],
    list_: bool,
    **actions: str | None,
) -> None:
    """Make, edit, compare, verify and remove plans; NAME alone shows the plan with all it inherits."""
    chosen = {action: given for action, given in actions.items() if given is not None}
    if len(chosen) + list_ > 1:
        raise click.UsageError("Give one of --new, --edit, --diff, --verify, --default, --remove, --list")
    action, given = next(iter(chosen.items()), ("list" if list_ or name is None else "show", None))
    if (base is not None and action != "new") or (config and action not in ("new", "edit")):
        raise click.UsageError("--base goes with --new, and -c with --new or --edit")
    try:
        job = _job(context, action, name, given, base, config)
        _ACTIONS[action](job)
    except (ApnscpError, SetupError, OSError) as error:
        raise click.ClickException(str(error)) from error


def _job(
    context: click.Context, action: str, name: str | None, given: str | None, base: str | None, config: tuple[str, ...]
) -> _Request:
    settings = context.obj if isinstance(context.obj, Settings) else Settings.from_env()
    plans = Plans(plan_folders(settings), default=_read_default(settings))
    if action == "diff":
        return _Request(settings, plans, name or plans.default, given, {})
    if name is not None and given not in (None, _ARGUMENT):
        raise click.UsageError(f"Two names given: {given} and {name}")
    target = name if given in (None, _ARGUMENT) else given
    if target is None and action not in ("list", "default"):
        raise click.UsageError(f"--{action} needs the name of a plan")
    return _Request(settings, plans, target or "", base, _values(config))


def _values(config: tuple[str, ...]) -> Values:
    entries = [entry.partition("=") for entry in config]
    for address, equals, _ in entries:
        if not equals or "," not in address.replace(".", ",", 1):
            raise click.UsageError(f"-c takes SERVICE,PARAM=VALUE, not `{address}'")
    return read_options({address: value for address, _, value in entries}).values


def _list(job: _Request) -> None:
    for name in job.plans.names():
        click.echo(f"{name} (default)" if name == job.plans.default else name)


def _show(job: _Request) -> None:
    click.echo(formats.dump(job.plans.get(job.name), "yaml"))


def _new(job: _Request) -> None:
    job.plans.create(job.name, job.other, job.values)
    click.echo(f"Plan `{job.name}' made in {plan_folders(job.settings)[0]}")


def _edit(job: _Request) -> None:
    if not job.values:
        raise click.UsageError("--edit needs values: -c SERVICE,PARAM=VALUE")
    job.plans.edit(job.name, job.values)
    click.echo(f"Plan `{job.name}' changed in {plan_folders(job.settings)[0]}")


def _diff(job: _Request) -> None:
    for service, parameter, first, second in job.plans.diff(str(job.other), job.name):
        click.echo(f"-{service},{parameter}={_word(first)}")
        click.echo(f"+{service},{parameter}={_word(second)}")


def _word(value: StoredValue) -> str:
    return "None" if value is None else str(value)


def _verify(job: _Request) -> None:
    problems = job.plans.verify(job.name)
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"Plan `{job.name}' is sound")


def _remove(job: _Request) -> None:
    job.plans.remove(job.name)
    click.echo(f"Plan `{job.name}' removed")


def _choose_default(job: _Request) -> None:
    if not job.name:
        click.echo(job.plans.default)
        return
    if out_of_reach(job.settings):
        raise click.UsageError(
            "An ephemeral panel keeps no settings; set opcenter.default_plan by cp.config while it runs"
        )
    job.plans.under(job.name).get(job.name)
    with _opened(job.settings) as engine:
        schema.migrate(engine)
        with transactions.writing(engine) as db:
            panel_settings.put(db, _DEFAULT_PLAN, job.name)
    click.echo(f"Plan `{job.name}' is the default plan")


def _read_default(settings: Settings) -> str:
    """Return the default plan of the panel, without making a store where there is none yet."""
    published = str(panel_settings.DEFAULTS[_DEFAULT_PLAN])
    url = make_url(store_url(settings))
    if out_of_reach(settings) or (url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()):
        return published
    with _opened(settings) as engine, transactions.reading(engine) as db:
        return str(panel_settings.load(db)[_DEFAULT_PLAN]) if inspect(db).has_table("setting") else published


@contextmanager
def _opened(settings: Settings) -> Iterator[Engine]:
    settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_engine(store_url(settings), pool_size=1)
    try:
        yield engine
    finally:
        engine.dispose()


_ACTIONS: dict[str, Callable[[_Request], None]] = {
    "list": _list,
    "show": _show,
    "new": _new,
    "edit": _edit,
    "diff": _diff,
    "verify": _verify,
    "remove": _remove,
    "default": _choose_default,
}
