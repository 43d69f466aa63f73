"""``apnscpd serve``: the server itself, with a flag for each setting."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any

import click

from apnscp.server.settings import Settings, variable

_METAVARS = {"db": "URL", "admin_key": "KEY", "workers": "N", "host": "ADDRESS", "port": "N", "tls_port": "N"}


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


def _default(value: Any) -> str:
    if value in (None, (), MISSING):
        return ""
    return f"; {str(value).lower()}"


def settings_from(flags: dict[str, Any]) -> Settings:
    """Return the settings: flags over variables over defaults.

    Raises SetupError for a value that cannot be used.
    """
    given = {variable(name): _text(value) for name, value in flags.items() if value is not None}
    return Settings.from_env({**os.environ, **given})


def _text(value: Any) -> str:
    return str(int(value) if isinstance(value, bool) else value)


@click.command()
@settings_options
def serve(**flags: Any) -> None:
    """Serve the panel until Ctrl-C or SIGTERM."""
    from apnscp.server.http.serve import serve as run

    sys.exit(run(settings_from(flags), say=click.echo))
