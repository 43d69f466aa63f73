"""The command line of the server: ``apnscpd``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from apnscp.server.settings import SetupError

COMMANDS = (
    "calls", "cron", "env", "key", "outbox", "plan", "ready", "scope", "seed", "serve", "stubs", "usage", "wsdl",
)  # fmt: skip
"""Each stands in the module of its name beside this one and is imported only when it is asked for."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"apnscp.server.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what keeps it from working is one line and exit code 1."""
        try:
            return super().invoke(ctx)
        except SetupError as error:
            click.echo(f"apnscpd: {error}", err=True)
            ctx.exit(1)


@click.group(cls=Commands)
@click.version_option(package_name="apnscp-emulator")
def main() -> None:
    """Run and steer a server that answers like an ApisCP panel."""
