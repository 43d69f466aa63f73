"""``cpcmd configure``: make a profile and try it."""

from __future__ import annotations

import json
import os
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from apnscp.client.connection.endpoint import base_url
from apnscp.client.connection.transport import PanelConnection
from apnscp.client.shell.config import TIMEOUT, ConfigError, Source, config_path, profiles

_BARE = re.compile(r"[A-Za-z0-9_-]+")


@click.command()
@click.option("--name", prompt="Name of the profile", default="default", show_default=True)
@click.option("--url", prompt="Address of the panel", default=lambda: _outer("url") or "http://127.0.0.1:2082")
@click.option("--key", prompt="API key", hide_input=True, default=lambda: _outer("key"), show_default=False)
@click.option("--cacert", default=lambda: _outer("cacert"), help="Certificates to trust (PEM).")
@click.option("--insecure", is_flag=True, default=lambda: _outer("insecure"), help="Do not check the certificate.")
@click.option(
    "--default/--no-default", "chosen", default=None, help="Use it where no profile is named [if it is the first]."
)
@click.option("--force", is_flag=True, help="Keep the profile even if the panel does not accept it.")
def configure(name: str, chosen: bool | None, force: bool, **said: Any) -> int:
    """Make or replace a profile, after calling common:whoami with it."""
    source = Source(base_url(said["url"]), said["key"].strip(), _path(said["cacert"]), said["insecure"] or None)
    if not force:
        click.echo(f"{source.url} answers as {_whoami(source)}", err=True)
    known, default = profiles()
    first = default not in known
    keep({**known, name: source}, name if chosen or (chosen is None and first) else default)
    click.echo(f"Profile `{name}' is in {config_path()}", err=True)
    return 0


def keep(known: dict[str, Source], default: str | None) -> None:
    """Write the profiles, readable for their owner only.

    known: name -> profile
    default: name of the one that is used where none is named
    Raises ConfigError.
    """
    path = config_path()
    try:
        _replace(path, toml(known, default))
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error}") from error


def toml(known: dict[str, Source], default: str | None) -> str:
    """Write profiles as TOML, which the standard library can only read."""
    lines = [f"default = {_toml(default)}"] if default else []
    for name, source in known.items():
        lines += ["", f"[profiles.{name if _BARE.fullmatch(name) else _toml(name)}]"]
        said = {field.name: getattr(source, field.name) for field in fields(source)}
        lines += [f"{field} = {_toml(value)}" for field, value in said.items() if value is not None]
    return "\n".join([*lines, ""]).lstrip("\n")


def _whoami(source: Source) -> Any:
    panel = PanelConnection(
        source.url or "",
        source.key or "",
        cacert=source.cacert,
        verify=not source.insecure,
        timeout=min(TIMEOUT, 15.0),
    )
    return panel.call("common:whoami", abort_on="error").value


def _outer(name: str) -> Any:
    """Return what the same flag said before the word `configure'."""
    said = click.get_current_context().obj or {}
    return said.get(name)


def _path(text: str | None) -> str | None:
    return str(Path(text).expanduser().absolute()) if text else None


def _toml(value: str | bool | float) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(draft, path)
