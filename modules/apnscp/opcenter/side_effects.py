"""What follows from a change of metadata: names that move with the domain, and the double-throw safety switches."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Literal, NamedTuple

from apnscp.opcenter.services import Metadata
from apnscp.opcenter.validators import Value

HOSTS = (("apache", "webserver"), ("ftp", "ftpserver"), ("mail", "mailserver"), ("mail", "smtpserver"))
"""Parameters with a host name that follows siteinfo,domain."""

SAFETY_SWITCHES = {"mysql": "dbaseprefix", "pgsql": "dbaseprefix", "dns": "provider"}
"""Services whose data is dropped only when, with the service off, this parameter is set to null as well."""

Action = Literal["block", "resume", "drop", "hide", "show"]


class Effect(NamedTuple):
    """What happens to the data of a service."""

    service: str
    action: Action


def host_of(value: str, domain: str) -> str:
    """Return the full host name of a prefix ("www.") or the host name that `value` already is.

    domain: siteinfo,domain (docs/panel.md, section 6)
    """
    return value + domain if value.endswith(".") else value


def follow_rename(document: Metadata, old: str, new: str) -> Metadata:
    """Return a copy of `document` in which host names of the domain `old` are of the domain `new`.

    Prefixes stay as they are: they follow by themselves (docs/panel.md, section 8, EditDomain).
    """
    renamed = deepcopy(document)
    for service, parameter in HOSTS:
        value = renamed.get(service, {}).get(parameter)
        if isinstance(value, str) and (value == old or value.endswith("." + old)):
            renamed[service][parameter] = value.removesuffix(old) + new
    return renamed


def default_database_names(admin_user: str) -> tuple[str, str]:
    """Return the database user and the prefix that an account gets when none are given: its administrator's name.

    Both are unique because administrators' names are (docs/panel.md, section 6).
    """
    return admin_user, admin_user + "_"


def switch_effects(old: Metadata, new: Metadata) -> list[Effect]:
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


def preserved_on_deletion(document: Metadata) -> list[str]:
    """Return the services whose data outlives the site: their safety parameter is null (docs/panel.md, section 6)."""
    return [service for service, name in SAFETY_SWITCHES.items() if _state(document, service, name).parameter is None]


class _State(NamedTuple):
    enabled: bool
    parameter: Value


def _state(document: Mapping[str, Mapping[str, Value]], service: str, parameter: str) -> _State:
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
