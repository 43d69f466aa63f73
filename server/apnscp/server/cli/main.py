"""The command line of the server: ``apnscpd``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from apnscp.server.cli import store_options
from apnscp.server.cli.error_lines import PROGRAM, printed
from apnscp.server.cli.loading import uncollected

SENTENCES = {
    "calls": "Print the newest calls, oldest first, or one in full by its ID, which --json tells.",
    "completion": "Print a script that completes apnscpd in SHELL.",
    "cron": "Do the panel's jobs that are due, and say what was done.",
    "env": "Print shell lines that point cpcmd at the running server.",
    "key": "Make, list, limit and remove API keys.",
    "outbox": "Print the mail that the panel would have sent.",
    "password": "Set the password of the panel's administrator, or of USER.",
    "plan": "Make, edit, compare, verify and remove plans.",
    "ready": "Exit with 0 when the server is ready, else with 1.",
    "scope": "Print a scope, or set it when VALUES follow.",
    "seed": "Fill the panel with accounts, made up by a seed.",
    "serve": "Serve the panel until Ctrl-C or SIGTERM.",
    "stubs": "Print the type stubs of all methods.",
    "usage": "Show what SITE uses, after setting what is given.",
    "wsdl": "Print the description (WSDL) of all methods.",
}
"""Each command and what it does, as `--help` lists it: a command is imported only when it is asked for."""
COMMANDS = tuple(SENTENCES)
"""Each stands in the module of its name beside this one."""
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
        with uncollected():
            command: click.Command = getattr(import_module(f"apnscp.server.cli.{cmd_name}"), cmd_name)
        return command if cmd_name in WITHOUT_STORE else store_options.added_to(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands in the help without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SENTENCES.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin with what is typed, without importing the commands."""
        commands = [CompletionItem(name, help=text) for name, text in SENTENCES.items() if name.startswith(incomplete)]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

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
