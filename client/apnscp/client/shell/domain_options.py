"""Flags that several domain commands share, and their help with the panel's table of services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any, TypeVar

import click

from apnscp.client.shell.completers import complete
from apnscp.client.shell.connection_options import connect, connection_options

F = TypeVar("F", bound=Callable[..., Any])


class DomainCommand(click.Command):
    """A command whose ``--help`` asks the panel for its services and parameters, and lists them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Show the help with ``--help``, else run."""
        if not ctx.params.pop("help_", False):
            return super().invoke(ctx)
        click.echo(ctx.get_help())
        if any(parameter.name == "settings" for parameter in self.params):
            click.echo(f"\n{_services(ctx.params)}")
        return 0


def domain_command(*options: Callable[[Any], Any]) -> Callable[[F], DomainCommand]:
    """Return a decorator that makes a function a domain command, with these options and the shared ones."""

    def decorate(function: F) -> DomainCommand:
        shared = (
            *options,
            click.option("--output", type=click.Choice(["json"]), help="Print success and messages as JSON."),
            connection_options,
            click.option("--help", "help_", is_flag=True, help="Show this, and every service and parameter."),
        )
        for option in reversed(shared):
            option(function)
        return click.command(cls=DomainCommand, add_help_option=False, context_settings={"max_content_width": 110})(
            function
        )

    return decorate


SETTINGS = click.option(
    "-c",
    "settings",
    multiple=True,
    metavar="SERVICE,PARAMETER=VALUE",
    help="Set a parameter; repeatable. Lists are [a,b], null is None.",
    shell_complete=complete("parameters"),
)
PLAN = click.option("-p", "--plan", help="Name of a plan.", shell_complete=complete("plans"))
FORCE = click.option("--force", is_flag=True, help="Go on where the panel would otherwise stop.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
MORE_SITES = click.option("-D", "more", multiple=True, metavar="SITE", help="The same as the argument.")
SITES = click.argument("sites", nargs=-1, metavar="[SITE|DOMAIN|INVOICE]...", shell_complete=complete("sites"))
SITE = click.argument("site", required=False, shell_complete=complete("sites"))


def flags_of(params: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the flags that were given, under the panel's names: ``dry-run`` for the parameter ``dry_run``.

    names: parameters of the command that are flags of the method
    """
    given = {name: params[name] for name in names if params[name] not in (None, False)}
    return {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}


def _services(params: Mapping[str, Any]) -> str:
    from apnscp.client.errors import ApisError
    from apnscp.client.shell import services

    try:
        rows = services.table(connect(params))
    except ApisError as error:
        return f"Services and parameters: {error}"
    by_service = groupby(rows, key=lambda row: row["service"])
    return "\n".join(["Services and parameters:", *(_service(name, list(group)) for name, group in by_service)])


def _service(name: str, rows: list[dict[str, str]]) -> str:
    lines = []
    for row in rows:
        takes = "; ".join(filter(None, (row["type"], row["accepted"], row["meaning"])))
        setting = f"{name},{row['parameter']}={row['default'] or 'None'}"
        lines.append(f"  {setting:<40} {takes}".rstrip())
    return "\n".join(["", name, *lines])
