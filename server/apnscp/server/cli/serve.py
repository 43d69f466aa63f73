"""``apnscpd serve``: the server itself, with a flag for each setting."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any

import click

from apnscp.server.cli import store_options
from apnscp.server.settings import Settings, flag_of, variable

_METAVARS = {
    "admin_key": "KEY", "admin_key_file": "FILE", "body_limit": "N", "body_timeout": "SECONDS", "db": "URL",
    "header_timeout": "SECONDS", "host": "ADDRESS", "log_level": "LEVEL", "plans_dir": "DIR", "port": "N", "queue": "N",
    "state_dir": "DIR", "stop_timeout": "SECONDS", "surrogates": "DIR", "threads": "N", "tls_cert": "FILE", "tls_key": "FILE",
    "tls_names": "NAME", "tls_port": "N", "trusted_forward": "LIST", "workers": "N",
}  # fmt: skip


def settings_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add a flag for each setting; left out, its variable decides, then the default."""
    for entry in reversed(fields(Settings)):
        if entry.metadata["flag"]:
            command = _option(entry)(command)
    return command


def _option(entry: Field[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    flag, text = flag_of(entry), entry.metadata["help"]
    shown = f"{text[0].upper()}{text[1:]}.  [{variable(entry.name)}{_default(entry.default)}]"
    if isinstance(entry.default, bool):
        return click.option(f"{flag}/--no-{flag[2:]}", entry.name, default=None, help=shown)
    repeatable = bool(entry.metadata["option"])
    return click.option(
        flag, entry.name, default=None, multiple=repeatable, metavar=_METAVARS.get(entry.name, "VALUE"), help=shown
    )


def _default(value: Any) -> str:
    if value in (None, (), MISSING):
        return ""
    return f"; {str(value).lower()}"


def settings_from(flags: dict[str, Any]) -> Settings:
    """Return the settings: flags over variables over defaults.

    Raises SetupError for a value that cannot be used.
    """
    given = {variable(name): _text(value) for name, value in flags.items() if value not in (None, ())}
    return Settings.from_env({**store_options.environ(), **given})


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return str(int(value) if isinstance(value, bool) else value)


@click.command()
@settings_options
def serve(**flags: Any) -> None:
    """Serve the panel until Ctrl-C or SIGTERM."""
    from apnscp.server.http.serve import serve as run

    sys.exit(run(settings_from(flags), say=click.echo))
