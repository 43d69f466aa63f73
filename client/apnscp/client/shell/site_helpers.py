"""get_site_id, get_site and get_config (docs/panel.md, section 8)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from apnscp.client.shell import exits, output
from apnscp.client.shell.completers import complete
from apnscp.client.shell.connection_options import HELP, connect, connection_options
from apnscp.client.shell.domain_options import SITE
from apnscp.client.shell.running import main

if TYPE_CHECKING:
    from apnscp.client.connection.panel_connection import PanelConnection

_NUMBER = re.compile(r"(?:site)?([1-9][0-9]{0,8})")


@click.command(context_settings=HELP)
@connection_options
@SITE
def get_site_id(site: str | None, **params: Any) -> int:
    """Print the number of a site, 12 for site12; SITE is a domain, an alias, siteNN or the number."""
    return _print(site, params, str)


@click.command(context_settings=HELP)
@connection_options
@SITE
def get_site(site: str | None, **params: Any) -> int:
    """Print the identifier of a site, such as site12; SITE is a domain, an alias, siteNN or the number."""
    return _print(site, params, lambda number: f"site{number}")


@click.command(context_settings=HELP)
@connection_options
@click.option(
    "-o", "--output", "output", type=click.Choice(["yaml", "json", "cli"]), default="yaml", help="Format [yaml]."
)
@SITE
@click.argument("service", required=False, shell_complete=complete("service_names"))
@click.argument("parameter", required=False, shell_complete=complete("service_parameters"))
def get_config(site: str | None, service: str | None, parameter: str | None, **params: Any) -> int:
    """Print a parameter of a service, or all of them."""
    from apnscp.wire.cpcmd import formats

    if not site or not service:
        raise click.UsageError("Name a site and a service; a parameter may follow: SITE SERVICE [PARAMETER]")
    site = f"site{site}" if site.isdecimal() else site
    answer = connect(params).call("admin:get-meta-from-domain", site, service, *([parameter] if parameter else []))
    output.messages(answer.messages)
    code = exits.code_of_messages(answer.messages)
    if code == exits.DONE:
        output.value(formats.dump(answer.value, params["output"], inline=output.yaml_depth()))
    return code


def site_number(panel: PanelConnection, site: str) -> int | None:
    """Return the number of a site; None when there is no such site.

    site: domain, alias, siteNN or number
    Raises what `PanelConnection.call` raises.
    """
    match = _NUMBER.fullmatch(site)
    if match:
        rows = panel.call("admin:collect", ["siteinfo.domain"], None, [f"site{match[1]}"]).value
        return int(match[1]) if rows else None
    found = panel.call("admin:get-site-id-from-domain", site).value
    return found if type(found) is int else None


def _print(site: str | None, params: dict[str, Any], form: Callable[[int], str]) -> int:
    from apnscp.wire.errors import Message

    if not site:
        raise click.UsageError("Name a site: a domain, an alias, siteNN or the number")
    panel = connect(params)
    number = site_number(panel, site)
    if number is None:
        output.messages(panel.messages or (Message("error", f"Unknown site `{site}'"),))
        return exits.REPORTED
    output.value(form(number))
    return exits.DONE


def id_main() -> None:
    """Run ``get_site_id``."""
    main(get_site_id, "get_site_id")


def site_main() -> None:
    """Run ``get_site``."""
    main(get_site, "get_site")


def config_main() -> None:
    """Run ``get_config``."""
    main(get_config, "get_config")
