"""The flags that say which panel to call, shared by cpcmd and the domain commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from apnscp.client.connection.transport import PanelConnection
    from apnscp.client.shell.config import Target

F = TypeVar("F", bound=Callable[..., Any])

OPTIONS = (
    click.option("--profile", metavar="NAME", help="Profile of ~/.config/cpcmd/config.toml."),
    click.option("--url", metavar="URL", help="Panel, such as https://panel.example:2083 [APNSCP_URL]."),
    click.option("--key", metavar="KEY", help="API key [APNSCP_KEY]."),
    click.option("--cacert", metavar="FILE", help="Certificates to trust (PEM) [APNSCP_CA]."),
    click.option("--insecure", is_flag=True, default=None, help="Do not check the panel's certificate."),
    click.option("--timeout", type=click.FloatRange(0.1, 86400), metavar="SECONDS", help="Patience [300]."),
)
NAMES = ("url", "key", "cacert", "insecure", "timeout")


def connection_options(function: F) -> F:
    """Add the flags to a command; `target` and `panel` take them out of its parameters."""
    for option in reversed(OPTIONS):
        function = option(function)
    return function


def target(params: Mapping[str, Any]) -> Target:
    """Return the panel that a command's flags, the environment and the profiles name.

    Raises ConfigError.
    """
    from apnscp.client.shell.config import Source, resolve

    return resolve(Source(**{name: params.get(name) for name in NAMES}), params.get("profile"))


def panel(params: Mapping[str, Any]) -> PanelConnection:
    """Return the same panel, ready to be called with the key.

    Raises ConfigError.
    """
    from apnscp.client.connection.transport import PanelConnection

    return PanelConnection.at(target(params))
