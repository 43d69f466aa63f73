"""What of a call must not be kept or shown in clear.

A parameter says so itself (``Annotated[str, Secret]``), and so do the tables of services, settings and scopes. Under a
name that none of them knows, everything is masked that sounds like a secret.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from apnscp.core.registry import Command
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.scopes.catalogue import SCOPES
from apnscp.opcenter.scopes.installation import VARIABLES
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.settings.config import KEYS

MASK = "(hidden)"
_SUSPECT = re.compile(r"passw|secret|(?:^|[.,_-])key$|^code$|token|privkey", re.IGNORECASE)
_SETTERS = ("scope_set", "config_set")
"""Methods whose values are secret or not by the scope that their first argument names."""
_CONFIG = "cp.config"


def masked_arguments(command: Command, given: Sequence[Any]) -> list[Any]:
    """Return the arguments of a call with everything secret replaced by a mask."""
    if command.name in _SETTERS and given and _scope_is_secret(given):
        return [*given[: _names_of(given)], MASK]
    parameters = command.parameters
    return [
        _masked_argument(value, parameters[min(place, len(parameters) - 1)] if parameters else None)
        for place, value in enumerate(given)
    ]


def _masked_argument(value: Any, parameter: Any) -> Any:
    if parameter is not None and parameter.type.secret and value not in (None, ""):
        return MASK
    return masked(value)


def masked(value: Any, service: str = "") -> Any:
    """Return a value whose nested arrays hold no secret: maps of service parameters, flat or nested, and others.

    service: under which name the value stands, where that may be a service
    """
    if isinstance(value, dict):
        return {name: _masked_entry(service, str(name), entry) for name, entry in value.items()}
    return [masked(entry) for entry in value] if isinstance(value, list) else value


def _masked_entry(service: str, name: str, entry: Any) -> Any:
    if isinstance(entry, dict):
        return masked(entry, name.strip().lower())
    if entry in (None, "", []):
        return entry
    if is_secret(service, name):
        return MASK
    return masked(entry)


def is_secret(service: str, name: str) -> bool:
    """Tell whether a value must not be shown.

    name: ``tpasswd`` under the service `service`, or "auth.tpasswd" and "auth,tpasswd" without one
    """
    owner, _, parameter = name.strip().lower().replace(",", ".", 1).rpartition(".")
    owner = owner or service
    if owner in SERVICES and parameter in SERVICES[owner].parameters:
        return SERVICES[owner].parameters[parameter].secret
    return bool(_SUSPECT.search(name))


def _names_of(given: Sequence[Any]) -> int:
    """Return how many arguments of a call name what is set: the scope, and the key or variable within it."""
    names = {_CONFIG: 3, VARIABLES: 2}.get(_named(given[0]), 1)
    return names if len(given) > names else 1


def _named(value: Any) -> str:
    """Return the present name of a scope, since a secret is one under its former name too."""
    return switches.today(str(value))


def _scope_is_secret(given: Sequence[Any]) -> bool:
    name = _named(given[0])
    if name == _CONFIG:
        key = ".".join(str(part).strip().lower() for part in given[1:3])
        return KEYS[key].secret if key in KEYS else bool(_SUSPECT.search(key))
    if name == VARIABLES and len(given) > 1:
        return bool(_SUSPECT.search(str(given[1])))
    return SCOPES[name].secret if name in SCOPES else bool(_SUSPECT.search(name))
