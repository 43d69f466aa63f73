"""What a shell offers when the tab key is pressed; nothing where the panel does not answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from apnscp.client.connection.panel_connection import PanelConnection, operation
from apnscp.client.errors import ApisError
from apnscp.client.shell import catalogue, services
from apnscp.client.shell.cache import cached
from apnscp.client.shell.connection_options import connect
from apnscp.wire.errors import WireError
from apnscp.wire.soap.names import canonical, cli_name

Params = Mapping[str, Any]

LIFETIME = 60.0
TIMEOUT = 5.0


def commands(params: Params, incomplete: str) -> list[str]:
    """Offer modules, and the commands of a module once its name is there."""
    names = _ask("commands", params, catalogue.commands, as_site=True)
    if ":" in incomplete or "_" in incomplete:
        return _starting(names, cli_name(incomplete))
    return _starting(sorted({f"{name.partition(':')[0]}:" for name in names}), incomplete)


def arguments(params: Params, incomplete: str) -> list[str]:
    """Offer sites, plans or services, by the name of the parameter that comes next."""
    typed, given = str(params.get("command") or ""), params.get("args") or ()
    command = cli_name(typed)

    def ask(panel: PanelConnection) -> list[str]:
        return catalogue.parameter_names(catalogue.description(panel, operation(typed)))

    names = _ask(f"parameters-{canonical(typed)}", params, ask, as_site=True)
    if len(given) >= len(names):
        return []
    name = names[len(given)]
    offer = OFFERS.get(f"{command} {name}") or OFFERS.get(name)
    return offer({**params, **dict(zip(names, given, strict=False))}, incomplete) if offer else []


def sites(params: Params, incomplete: str) -> list[str]:
    """Offer the primary domains of all sites."""
    return _starting(_ask("sites", params, lambda panel: _values(panel.call("admin:get-domains").value)), incomplete)


def plans(params: Params, incomplete: str) -> list[str]:
    """Offer the plans."""
    return _starting(_ask("plans", params, lambda panel: _values(panel.call("admin:list-plans").value)), incomplete)


def parameters(params: Params, incomplete: str) -> list[str]:
    """Offer ``service,parameter=`` for the flag -c."""
    return _starting([f"{name}=" for name in _service_table(params)], incomplete)


def service_names(params: Params, incomplete: str) -> list[str]:
    """Offer the services."""
    return _starting(sorted({name.partition(",")[0] for name in _service_table(params)}), incomplete)


def service_parameters(params: Params, incomplete: str) -> list[str]:
    """Offer the parameters of the service that was typed before."""
    names = (name.partition(",") for name in _service_table(params))
    return _starting([parameter for service, _, parameter in names if service == params.get("service")], incomplete)


def fields(params: Params, incomplete: str) -> list[str]:
    """Offer ``service.parameter`` within an array, after what was typed of it."""
    place = max(incomplete.rfind("["), incomplete.rfind(",")) + 1
    typed, last = incomplete[:place], incomplete[place:]
    names = [name.replace(",", ".") for name in _service_table(params)]
    return [(typed or "[") + name for name in _starting(names, last)]


OFFERS: dict[str, Callable[[Params, str], list[str]]] = {
    "site": sites,
    "sites": sites,
    "domain": sites,
    "plan": plans,
    "params": fields,
    "query": fields,
    "opts": fields,
    "service": service_names,
    "admin:get-meta-from-domain class": service_parameters,
    "admin:get-plan name": plans,
}
"""What is offered for a parameter of this name, or of this name in this command."""


def _ask(kind: str, params: Params, ask: Callable[[PanelConnection], list[str]], *, as_site: bool = False) -> list[str]:
    """Return what a panel answers, kept for a minute.

    kind: what is asked for, part of the file's name
    as_site: ask as the site of the flag -d, if it is given
    """

    def answer(panel: PanelConnection) -> Any:
        site, user = params.get("site") if as_site else None, params.get("user")
        caller = f"{panel.address.base} {panel.address.key} {site} {user}"
        return cached(kind, caller, LIFETIME, lambda: ask(panel.as_site(site, user) if site else panel))

    found = _from_panel(params, answer)
    return found if isinstance(found, list) else []


def _service_table(params: Params) -> list[str]:
    """Return ``service,parameter`` for each row of the table, which `services` keeps itself."""
    return _from_panel(params, services.names) or []


def _from_panel(params: Params, answer: Callable[[PanelConnection], Any]) -> Any:
    """Return an answer of the panel that the flags name; None after an error, which the shell has no place for."""
    try:
        return answer(connect({**params, "timeout": TIMEOUT}))
    except (ApisError, WireError) as error:
        if "CPCMD_COMPLETION_DEBUG" in os.environ:
            click.echo(str(error), err=True)
        return None


def _values(found: Any) -> list[str]:
    return sorted(str(item) for item in (found.values() if isinstance(found, dict) else found or ()))


def _starting(names: list[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
