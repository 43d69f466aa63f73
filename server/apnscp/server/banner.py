"""What the start of a server found out, and what it prints for the operator to paste."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from apnscp.server.endpoint import reachable
from apnscp.server.installed_commands import typed
from apnscp.server.machine_addresses import addresses_behind, is_local
from apnscp.server.settings import Settings, default_state_dir


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


def banner(settings: Settings, panel: Provisioned, *, terminal: bool = True) -> Iterator[str]:
    """Say what to paste into a client, line by line.

    terminal: whether a person reads it; a log shows no key that a person chose
    """
    url = f"http://{reachable(settings.host)}:{settings.port}"
    yield ""
    yield f"  WSDL      {url}/apnscp.wsdl"
    yield from _ways_in(settings, panel, url) if terminal or not settings.admin_key else _ways_in_by_note(settings, url)
    password = panel.password or f"as it was set; `{command(settings)} password' sets another"
    yield f"  page      {url}/   login {panel.admin_name}, password {password}"
    if not is_local(settings.host):
        yield from _network(settings)
    yield f"  sites     {panel.sites}"
    yield ""
    yield "This is an emulator: it keeps accounts and serves nothing for them. Ctrl-C stops it."


def command(settings: Settings) -> str:
    """Return how ``apnscpd`` is called so that it finds the panel of these settings while it is served."""
    if settings.state_dir == default_state_dir():
        return typed("apnscpd")
    return f"{typed('apnscpd')} --state-dir {shlex.quote(str(settings.state_dir))}"


def _ways_in(settings: Settings, panel: Provisioned, url: str) -> Iterator[str]:
    key = quote(panel.admin_key, safe="")
    yield f"  key       {panel.admin_key}   (administrator)"
    yield f'  PHP       $panel = new SoapClient("{url}/apnscp.wsdl", ["location" => "{url}/soap?authkey={key}"]);'
    yield f"  cpcmd     APNSCP_URL={url} APNSCP_KEY={shlex.quote(panel.admin_key)} {typed('cpcmd')} common:whoami"


def _ways_in_by_note(settings: Settings, url: str) -> Iterator[str]:
    """Give the same lines without the key, which `apnscpd env` takes from the note of the server."""
    yield f"  key       as given at the start; `{command(settings)} env' prints it   (administrator)"
    yield (
        f'  PHP       $panel = new SoapClient("{url}/apnscp.wsdl",'
        f' ["location" => "{url}/soap?authkey=" . rawurlencode(getenv("APNSCP_KEY"))]);'
    )
    yield f'  cpcmd     eval "$({command(settings)} env)"; {typed("cpcmd")} common:whoami'


def _network(settings: Settings) -> Iterator[str]:
    """Say under which addresses other machines reach the server, and who can read along."""
    for address in map(reachable, addresses_behind(settings.host)):
        tls = f"   https://{address}:{settings.tls_port}" if settings.tls else ""
        yield f"  network   http://{address}:{settings.port}{tls}"
    yield (
        f"  caution   on port {settings.port} keys and passwords cross the network in clear; close it to other machines"
        f" with `{command(settings)} scope cp.config frontend https_only true'"
    )
    if settings.tls and not settings.tls_cert:
        yield f"  CA        {settings.state_dir}/tls/ca.pem is what clients trust; --tls-name adds a name to the certificate"
