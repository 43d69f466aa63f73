"""What of a call must not be kept or shown in clear.

A parameter says so itself (``Annotated[str, Secret]``), and so do the tables of services, settings and scopes. Under a
name that none of them knows, everything is masked that sounds like a secret.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from apnscp.core.coerce import ABSENT
from apnscp.core.registry import Command
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.scopes.catalogue import SCOPES
from apnscp.opcenter.scopes.installation import VARIABLES
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.settings.config import KEYS

MASK = "(hidden)"
_SUSPECT = re.compile(
    r"passw|secret|(?:^|[.,_-])key$|^code$|token|privkey|session_?id|esprit_id|cookie|(?:^|[.,_-])t?otp$", re.IGNORECASE
)
_SECRET_TEXT = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\A\$(?:1|2[abxy]?|5|6|y|argon2\w*)\$")
"""What is a secret under any name: a private key, and the hash of a password as crypt(3) writes it."""
_SETTERS = ("scope_set", "config_set")
"""Methods whose values are secret or not by the scope that their first argument names."""
_GETTERS = ("scope_get", "config_get")
_ALSO = {"auth_session_info": frozenset({"id"})}
"""Keys of answers that hold a secret under a name that says nothing, by method."""
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
    if isinstance(value, list):
        return [masked(entry) for entry in value]
    return MASK if isinstance(value, str) and is_secret_text(value) else value


def masks_all(command: Command, given: Sequence[Any]) -> bool:
    """Tell whether the answer of a call is a secret as a whole; `given` are its arguments."""
    if command.name in _GETTERS and given:
        return _scope_is_secret([None if value is ABSENT else value for value in given])
    return command.returns.secret


def secret_keys(command: Command) -> frozenset[str]:
    """Return the keys of an answer that are secret though their names do not say so."""
    return _ALSO.get(command.name, frozenset())


def is_secret_text(text: str) -> bool:
    """Tell whether a text is a secret under whatever name it stands."""
    return bool(_SECRET_TEXT.search(text))


def secrets_of(given: Any, shown: Any) -> set[str]:
    """Return the texts that masking took out of a value: ``{"Horse 7"}`` of ``["bob", "Horse 7"]`` and ``["bob", MASK]``."""
    if shown == MASK and given != MASK:
        return set(_texts(given))
    if isinstance(given, dict) and isinstance(shown, dict):
        return {text for name in given for text in secrets_of(given[name], shown.get(name))}
    if isinstance(given, list | tuple) and isinstance(shown, list | tuple):
        return {text for each, other in zip(given, shown, strict=False) for text in secrets_of(each, other)}
    return set()


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


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
