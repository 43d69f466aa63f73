"""The command line of the server: ``apnscpd``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import fields
from importlib import import_module
from typing import Any

import click

from apnscp.server.settings import Settings, SetupError, variable

_ELSEWHERE: dict[str, str] = {
    "calls": "apnscp.server.cli.calls:calls",
    "cron": "apnscp.server.cli.cron:cron",
    "key": "apnscp.server.cli.key:key",
    "outbox": "apnscp.server.cli.outbox:outbox",
    "plan": "apnscp.server.cli.plan:plan",
    "scope": "apnscp.server.cli.scope:scope",
    "seed": "apnscp.server.cli.seed:seed",
    "stubs": "apnscp.server.cli.stubs:stubs",
    "usage": "apnscp.server.cli.usage:usage",
    "wsdl": "apnscp.server.cli.wsdl:wsdl",
}
"""Commands that live in modules of their own, loaded when asked for: name -> ``module:command``."""


class Commands(click.Group):
    """A group whose further commands are imported only when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *_ELSEWHERE})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name."""
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, _, name = _ELSEWHERE[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
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


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each setting; left out, its variable decides, then the default."""
    for entry in reversed(fields(Settings)):
        if entry.metadata["flag"]:
            command = _option(entry.name, entry.metadata["help"], entry.default)(command)
    return command


def _option(name: str, text: str, default: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    flag = "--" + name.replace("_", "-")
    shown = f"{text}  [{variable(name)}{_default(default)}]"
    if isinstance(default, bool):
        return click.option(f"{flag}/--no-{flag[2:]}", name, default=None, help=shown)
    return click.option(flag, name, default=None, metavar=_METAVARS.get(name, "VALUE"), help=shown)


_METAVARS = {"db": "URL", "admin_key": "KEY", "workers": "N", "host": "ADDRESS", "port": "N", "tls_port": "N"}


def _default(value: Any) -> str:
    if value in (None, ()):
        return ""
    return f"; {str(value).lower()}"


def settings_from(flags: dict[str, Any]) -> Settings:
    """Return the settings: flags over variables over defaults.

    Errors: SetupError for a value that cannot be
    """
    given = {variable(name): _text(value) for name, value in flags.items() if value is not None}
    return Settings.from_env({**os.environ, **given})


def _text(value: Any) -> str:
    return str(int(value) if isinstance(value, bool) else value)


@main.command()
@settings_options
def serve(**flags: Any) -> None:
    """Serve the panel until Ctrl-C or SIGTERM."""
    from apnscp.server.http.serve import serve as run

    sys.exit(run(settings_from(flags), say=click.echo))


@main.command()
@click.option(
    "--wait", "seconds", type=click.FloatRange(min=0), default=0.0, metavar="SECONDS", help="keep asking so long"
)
@click.option("--url", help="server to ask; left out, the one that runs on this state directory or these ports")
def ready(seconds: float, url: str | None) -> None:
    """Exit with 0 when the server answers, else with 1."""
    from apnscp.server.http import health

    silent = health.wait(lambda: [url] if url else _local_urls(), seconds)
    if silent:
        click.echo(f"{silent[0]} does not answer", err=True)
        sys.exit(1)


def _local_urls() -> list[str]:
    from apnscp.server import endpoint
    from apnscp.server.http import ports

    settings = settings_from({})
    found = endpoint.find(settings.state_dir)
    return found.urls if found else [f"http://{ports.reachable(settings.host)}:{settings.port}"]


@main.command()
def env() -> None:
    """Print shell lines that point cpcmd and the client at the running server."""
    from apnscp.server import endpoint

    state = settings_from({}).state_dir
    found = endpoint.find(state)
    if found is None:
        raise SetupError(f"no server runs on {state}; start one with `apnscpd serve'")
    click.echo("\n".join(found.exports()))
