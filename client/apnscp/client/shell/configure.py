"""``cpcmd configure``: make a profile and try it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from apnscp.client.connection.address import Address, base_url
from apnscp.client.connection.panel_connection import PanelConnection
from apnscp.client.shell.connection_options import HELP
from apnscp.client.shell.files import config_path
from apnscp.client.shell.profiles import read_profiles, write_profiles
from apnscp.client.shell.prompts import hidden
from apnscp.client.shell.sources import Source

TRIAL_SECONDS = 15.0


@click.command(context_settings=HELP)
@click.option("--name", prompt="Name of the profile", default="default", show_default=True, help="Name of the profile.")
@click.option(
    "--url",
    prompt="Address of the panel",
    default=lambda: _outer("url") or "http://127.0.0.1:2082",
    help="Address of the panel.",
)
@click.option("--key", default=lambda: _outer("key"), help="API key; asked for, or read from a pipe, if left out.")
@click.option("--cacert", default=lambda: _outer("cacert"), help="Certificates to trust (PEM).")
@click.option("--insecure", is_flag=True, default=lambda: _outer("insecure"), help="Do not check the certificate.")
@click.option(
    "--default/--no-default",
    "make_default",
    default=None,
    help="Use it where no profile is named [if it is the first].",
)
@click.option("--force", is_flag=True, help="Keep the profile even if the panel does not accept it.")
def configure(
    name: str,
    url: str,
    key: str | None,
    cacert: str | None,
    insecure: bool | None,
    make_default: bool | None,
    force: bool,
) -> int:
    """Make or replace a profile, after calling common:whoami with it."""
    key = (key or hidden("API key")).strip()
    source = Source(base_url(url), key, _absolute(cacert), insecure or None)
    if not force:
        click.echo(f"{source.url} answers as {_whoami(source)}", err=True)
    profiles, default = read_profiles()
    is_first = default not in profiles
    if make_default or (make_default is None and is_first):
        default = name
    write_profiles({**profiles, name: source}, default)
    click.echo(f"Profile `{name}' is in {config_path()}", err=True)
    return 0


def _whoami(source: Source) -> Any:
    address = Address(
        source.url or "", source.key or "", cacert=source.cacert, verify=not source.insecure, timeout=TRIAL_SECONDS
    )
    return PanelConnection(address).call("common:whoami", abort_on="error").value


def _outer(name: str) -> Any:
    """Return what the same flag of ``cpcmd``, in front of ``configure``, says."""
    params = click.get_current_context().obj or {}
    return params.get(name)


def _absolute(path: str | None) -> str | None:
    return str(Path(path).expanduser().absolute()) if path else None
