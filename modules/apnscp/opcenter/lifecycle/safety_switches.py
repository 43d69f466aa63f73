"""The double-throw safety switches: services whose data is dropped only when two parameters say so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values

SAFETY_SWITCHES = {"mysql": "dbaseprefix", "pgsql": "dbaseprefix", "dns": "provider"}
"""Services whose data is dropped only when, with the service off, this parameter is set to null as well."""

Action = Literal["block", "resume", "drop", "hide", "show"]


class Effect(NamedTuple):
    """What happens to the data of a service."""

    service: str
    action: Action


def switch_effects(old: Values, new: Values) -> list[Effect]:
    """Return what a change from `old` to `new` does to databases and zones.

    With the service off, data is kept and new objects are blocked; with the parameter of SAFETY_SWITCHES set to null
    by the same or a later change it is dropped. A parameter that was null before the service went off preserves the
    data. A dns provider of null alone hides the records until a provider comes back (docs/panel.md, section 6).
    """
    found = []
    for service, parameter in SAFETY_SWITCHES.items():
        action = _action(service, _state(old, service, parameter), _state(new, service, parameter))
        if action:
            found.append(Effect(service, action))
    return found


def preserved_on_deletion(document: Values) -> list[str]:
    """Return the services whose data outlives the site: their safety parameter is null (docs/panel.md, section 6)."""
    return [service for service, name in SAFETY_SWITCHES.items() if _state(document, service, name).parameter is None]


class _State(NamedTuple):
    enabled: bool
    parameter: StoredValue


def _state(document: Mapping[str, Mapping[str, StoredValue]], service: str, parameter: str) -> _State:
    values = document.get(service, {})
    return _State(bool(values.get("enabled")), values.get(parameter))


def _action(service: str, old: _State, new: _State) -> Action | None:
    if not new.enabled:
        if new.parameter is None and old.parameter is not None:
            return "drop"
        return "block" if old.enabled else None
    if service == "dns" and (old.parameter is None) != (new.parameter is None):
        return "hide" if new.parameter is None else "show"
    return None if old.enabled else "resume"
