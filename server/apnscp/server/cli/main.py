"""The command line of the server: ``apnscpd``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from apnscp.server.cli import store_options
from apnscp.server.cli.error_lines import PROGRAM, printed

COMMANDS = (
    "calls", "completion", "cron", "env", "key", "outbox", "password", "plan", "ready", "scope", "seed", "serve", "stubs",
    "usage", "wsdl",
)  # fmt: skip
"""Each stands in the module of its name beside this one and is imported only when it is asked for."""
WITHOUT_STORE = frozenset({"completion", "serve", "stubs", "wsdl"})
"""Commands that open no store, and `serve`, which has flags of its own for it."""


class Commands(click.Group):
    """A group whose commands are imported when they are asked for, and whose errors are one line each."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, None when there is none; one that opens a store takes the options for it, too."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"apnscp.server.cli.{cmd_name}"), cmd_name)
        return command if cmd_name in WITHOUT_STORE else store_options.added_to(command)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code; what keeps it from working is one line on standard error."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        with printed():
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        sys.exit(code if isinstance(code, int) else 0)


@click.group(
    PROGRAM, cls=Commands, params=store_options.options(), context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="apnscp-emulator", prog_name=PROGRAM)
def main() -> None:
    """Run and steer a server that answers like an ApisCP panel."""
