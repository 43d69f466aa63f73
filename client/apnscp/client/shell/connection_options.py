"""The flags that say which panel to call, shared by cpcmd and the domain commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from apnscp.client.connection.panel_connection import PanelConnection

F = TypeVar("F", bound=Callable[..., Any])

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}
"""Settings of every command: the vendor's commands take -h as well."""
OPTIONS = (
    click.option("--profile", metavar="NAME", help="Profile of ~/.config/cpcmd/config.toml."),
    click.option("--url", metavar="URL", help="Panel, such as https://panel.example:2083 [APNSCP_URL]."),
    click.option("--key", metavar="KEY", help="API key [APNSCP_KEY]."),
    click.option("--cacert", metavar="FILE", help="Certificates to trust (PEM) [APNSCP_CA]."),
    click.option("--insecure", is_flag=True, default=None, help="Do not check the panel's certificate."),
    click.option(
        "--timeout", type=click.FloatRange(0.1, 86400), metavar="SECONDS", help="How long to wait for the panel [300]."
    ),
)


def connection_options(function: F) -> F:
    """Add the flags to a command; `connect` reads them from its parameters."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def connect(params: Mapping[str, Any]) -> PanelConnection:
    """Return the panel that a command's flags, the environment and the profiles name.

    Raises ConfigError when they name none.
    """
    from apnscp.client.connection.panel_connection import PanelConnection
    from apnscp.client.shell.config import resolve
    from apnscp.client.shell.sources import TYPES, Source

    flags = Source(**{name: params.get(name) for name in TYPES})
    return PanelConnection(resolve(flags, params.get("profile")))
