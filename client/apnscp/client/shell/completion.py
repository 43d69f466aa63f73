"""What a shell offers when the tabulator key is pressed; silent where the panel does not answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

import click

from apnscp.client.connection.transport import PanelConnection
from apnscp.client.errors import ApisError
from apnscp.client.shell import catalogue, connection_options, services
from apnscp.client.shell.cache import cached
from apnscp.wire.errors import WireError

LIFE = 60.0
PATIENCE = 5.0
SHELLS = ("bash", "zsh", "fish")
PROGRAMS = (
    "cpcmd",
    "AddDomain",
    "EditDomain",
    "DeleteDomain",
    "SuspendDomain",
    "ActivateDomain",
    "get_config",
    "get_site",
    "get_site_id",
)
BASH_WORDS = "COMP_WORDBREAKS=${COMP_WORDBREAKS//:/}"
"""Bash would else split ``module:method`` in three words."""


def script(shell: str) -> str:
    """Return the completion script of all commands for one of `SHELLS`.

    Raises click.UsageError for another shell.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell) if shell in SHELLS else None
    if kind is None:
        raise click.UsageError(f"Which shell? One of {', '.join(SHELLS)}")
    command = click.Command("cpcmd")
    sources = [kind(command, {}, name, f"_{name.upper()}_COMPLETE").source() for name in PROGRAMS]
    return "\n".join([BASH_WORDS, *sources] if shell == "bash" else sources)


def commands(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer modules, and the commands of a module once its name is there."""
    names = _ask("commands", params, lambda panel: catalogue.commands(panel))
    if ":" in incomplete or "_" in incomplete:
        return _starting(names, incomplete.replace("_", ":", 1) if ":" not in incomplete else incomplete)
    return _starting(sorted({f"{name.partition(':')[0]}:" for name in names}), incomplete)


def arguments(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer sites, plans or services, by the name of the parameter that comes next."""
    command, given = str(params.get("command") or ""), params.get("args") or ()
    wanted: list[str] = _ask(
        f"parameters-{command}",
        params,
        lambda panel: catalogue.parameter_names(catalogue.description(panel, catalogue.cli_name(command))),
    )
    if len(given) >= len(wanted):
        return []
    name = wanted[len(given)]
    offer = OFFERS.get(f"{catalogue.cli_name(command)} {name}") or OFFERS.get(name)
    return offer({**params, **dict(zip(wanted, given, strict=False))}, incomplete) if offer else []


def sites(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer the primary domains of all sites."""
    found = _ask("sites", params, lambda panel: _values(panel.call("admin:get-domains").value))
    return _starting(found, incomplete)


def plans(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer the plans."""
    return _starting(_ask("plans", params, lambda panel: _values(panel.call("admin:list-plans").value)), incomplete)


def parameters(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer ``service,parameter=`` for the flag -c."""
    return _starting([f"{name}=" for name in _ask("names", params, services.names)], incomplete)


def service_names(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer the services."""
    return _starting(sorted({name.partition(",")[0] for name in _ask("names", params, services.names)}), incomplete)


def service_parameters(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer the parameters of the service that was typed before."""
    named = (name.partition(",") for name in _ask("names", params, services.names))
    return _starting([name for service, _, name in named if service == params.get("service")], incomplete)


def fields(params: Mapping[str, Any], incomplete: str) -> list[str]:
    """Offer ``service.parameter`` within an array, behind what was typed of it."""
    place = max(incomplete.rfind("["), incomplete.rfind(",")) + 1
    typed, last = incomplete[:place], incomplete[place:]
    names = [name.replace(",", ".") for name in _ask("names", params, services.names)]
    return [(typed or "[") + name for name in _starting(names, last)]


OFFERS: dict[str, Callable[[Mapping[str, Any], str], list[str]]] = {
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


def _ask(kind: str, params: Mapping[str, Any], ask: Callable[[PanelConnection], Any]) -> list[str]:
    """Ask the panel as the caller that the flags name; an error offers nothing, since the shell has no place for it."""
    try:
        panel = connection_options.panel({**params, "timeout": PATIENCE})
        about = f"{panel.target.url} {panel.target.key} {params.get('site')} {params.get('user')}"
        site = params.get("site") if kind.startswith(("commands", "parameters")) else None
        found = cached(kind.replace(":", "_"), about, LIFE, lambda: ask(_seen_by(panel, site, params)))
    except (ApisError, WireError) as error:
        if "CPCMD_COMPLETION_DEBUG" in os.environ:
            click.echo(str(error), err=True)
        return []
    return found if isinstance(found, list) else []


def _seen_by(panel: PanelConnection, site: str | None, params: Mapping[str, Any]) -> PanelConnection:
    return panel.as_site(site, params.get("user")) if site else panel


def _values(found: Any) -> list[str]:
    return sorted(str(item) for item in (found.values() if isinstance(found, dict) else found or ()))


def _starting(names: list[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
