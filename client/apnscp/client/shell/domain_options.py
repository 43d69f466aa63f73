"""Flags that several domain commands share, and their help with the panel's table of services."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import click

from apnscp.client.shell import service_help
from apnscp.client.shell.completers import complete
from apnscp.client.shell.connection_options import HELP, connection_options

F = TypeVar("F", bound=Callable[..., Any])


class SettingsCommand(click.Command):
    """A command with -c, whose help asks the panel for its services and parameters, and lists them."""

    def invoke(self, ctx: click.Context) -> Any:
        """Show the help with ``--help``, else run."""
        if not ctx.params.pop("help_", False):
            return super().invoke(ctx)
        click.echo(f"{ctx.get_help()}\n\n{service_help.services(ctx.params)}")
        return 0


def domain_command(*options: Callable[[Any], Any]) -> Callable[[F], click.Command]:
    """Return a decorator that makes a function a domain command, with these options and the shared ones."""

    def decorate(function: F) -> click.Command:
        takes_settings = SETTINGS in options
        help_ = [SERVICE_HELP] if takes_settings else []
        for option in reversed((*options, OUTPUT, connection_options, *help_)):
            option(function)
        if takes_settings:
            return click.command(cls=SettingsCommand, add_help_option=False)(function)
        return click.command(context_settings=HELP)(function)

    return decorate


SETTINGS = click.option(
    "-c",
    "settings",
    multiple=True,
    metavar="SERVICE,PARAMETER=VALUE",
    help="Set a parameter; repeatable. Lists are [a,b], null is None.",
    shell_complete=complete("parameters"),
)
OUTPUT = click.option("--output", type=click.Choice(["json"]), help="Print success, messages and results as JSON.")
SERVICE_HELP = click.option("-h", "--help", "help_", is_flag=True, help="Show this, and every service and parameter.")
PLAN = click.option("-p", "--plan", help="Name of a plan.", shell_complete=complete("plans"))
FORCE_EDIT = click.option("--force", is_flag=True, help="Allow a storage quota below what the account uses.")
FORCE_ACCEPTED = click.option("--force", is_flag=True, help="Accepted for compatibility; it has no effect here.")
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
