"""What the start of a server found out, and what it prints for the operator to paste."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from apnscp.server.endpoint import reachable
from apnscp.server.installed_commands import typed
from apnscp.server.settings import Settings


@dataclass(frozen=True)
class Provisioned:
    """A panel that is ready to be served.

    admin_key: a key of the administrator; password: the administrator's when it was made just now
    sites: how many there are; admin_name: name of the administrator; banner_lines: what to print once the server answers
    """

    admin_key: str
    password: str | None = None
    sites: int = 0
    admin_name: str = "admin"
    banner_lines: tuple[str, ...] = ()


def banner(settings: Settings, panel: Provisioned) -> Iterator[str]:
    """Say what to paste into a client, line by line."""
    url = f"http://{reachable(settings.host)}:{settings.port}"
    key = quote(panel.admin_key, safe="")
    yield ""
    yield f"  WSDL      {url}/apnscp.wsdl"
    yield f"  key       {panel.admin_key}   (administrator)"
    yield f'  PHP       $panel = new SoapClient("{url}/apnscp.wsdl", ["location" => "{url}/soap?authkey={key}"]);'
    yield f"  cpcmd     APNSCP_URL={url} APNSCP_KEY={shlex.quote(panel.admin_key)} {typed('cpcmd')} common:whoami"
    password = panel.password or "as shown at the first start, or set by auth:change-password"
    yield f"  page      {url}/   login {panel.admin_name}, password {password}"
    yield f"  sites     {panel.sites}"
    yield ""
    yield "This is an emulator: it keeps accounts and serves nothing for them. Ctrl-C stops it."
