"""Values of services: from what clients send to what is stored, and from what is stored to what is read.

A complete account is a document ``service -> parameter -> value`` (docs/panel.md, section 6).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from apnscp.core.errors import Refused
from apnscp.opcenter.services import lists, rules
from apnscp.opcenter.services.catalogue import SERVICES, ServiceParameter
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.rules import StoredValue

Values: TypeAlias = dict[str, dict[str, StoredValue]]

HIDDEN = "(hidden)"
_MUTABLE = (list, dict)

# Former names and slips of the documentation, for the hint in "Unknown service"
_FORMER_SERVICES = {"blkio": "cgroup", "proftpd": "ftp", "sendmail": "mail", "openssl": "ssl", "httpd": "apache"}
_FORMER_PARAMETERS = {("users", "maxusers"): "max", ("diskquota", "unit"): "units", ("bandwidth", "unit"): "units"}


def require(service: str, parameter: str) -> ServiceParameter:
    """Return the parameter, or raise Refused with the nearest name that exists."""
    if service not in SERVICES:
        raise Refused(
            "Unknown service `%s'%s", _short(service), _hint(service, SERVICES, _FORMER_SERVICES.get(service))
        )
    known = SERVICES[service].parameters
    if parameter not in known:
        former = _FORMER_PARAMETERS.get((service, parameter))
        raise Refused("Unknown parameter `%s,%s'%s", service, _short(parameter), _hint(parameter, known, former))
    return known[parameter]


def _hint(name: str, known: Iterable[str], former: str | None) -> str:
    near = [former] if former else difflib.get_close_matches(name[:64].lower(), list(known), n=1)
    return f"; did you mean `{near[0]}'?" if near else f"; known are {', '.join(known)}"


def normalise(service: str, parameter: str, value: StoredValue) -> StoredValue:
    """Return the stored form of a value that a client sent for ``service,parameter``.

    value: in any of the weak forms of docs/panel.md, section 6: booleans and numbers as text, ``None`` and ``null``,
        lists as text, names in any case; empty text is null where null is accepted
    Raises Refused, with service, parameter, value and what would be accepted; the value of a secret is not repeated.
    """
    known = require(service, parameter)
    try:
        return _stored(known, value)
    except ValueError:
        raise Refused("%s: %s is not %s", known.address, _shown(known, value), known.accepts) from None


def _stored(parameter: ServiceParameter, value: StoredValue) -> StoredValue:
    if parameter.takes_default and value == "DEFAULT":
        return "DEFAULT"
    if rules.is_null(value) or (parameter.nullable and value == ""):
        return _null(parameter)
    stored = rules.check(parameter.rule, value)
    if parameter.mandatory and stored == 0:
        raise ValueError("mandatory")
    return stored


def _null(parameter: ServiceParameter) -> StoredValue:
    if parameter.nullable:
        return None
    if parameter.is_list:
        return []
    raise ValueError("null")


def normalise_all(values: Mapping[str, Mapping[str, StoredValue]], *, strict: bool = True) -> tuple[Values, list[str]]:
    """Return the stored form of many values, and what was left out.

    strict: the setting ``[opcenter] strict_svc_config``; without it an unknown service or parameter is left out and
        listed as "service,parameter" instead of being refused
    Raises Refused as `normalise` does.
    """
    taken: Values = {}
    ignored: list[str] = []
    for service, parameters in values.items():
        for name, value in parameters.items():
            if not strict and not _exists(service, name):
                ignored.append(f"{service},{name}")
                continue
            taken.setdefault(service, {})[name] = normalise(service, name, value)
    return taken, ignored


def _exists(service: str, parameter: str) -> bool:
    return service in SERVICES and parameter in SERVICES[service].parameters


def resolve(service: str, parameter: str, value: StoredValue, settings: Mapping[str, StoredValue]) -> StoredValue:
    """Return what a stored value means on this server: DEFAULT becomes the setting behind it, anything else stays.

    settings: values of the server's configuration by "section.key"; a missing or empty one leaves the panel's default
    """
    known = require(service, parameter)
    if value != "DEFAULT" or known.server_default is None:
        return value
    key, fallback = known.server_default
    setting = settings.get(key)
    return deepcopy(fallback) if setting is None or setting == "" else _from_setting(known, setting)


def _from_setting(parameter: ServiceParameter, setting: StoredValue) -> StoredValue:
    """Shape a setting like the parameter without judging it: a limit of -1 is valid there and not in a site."""
    if rules.is_null(setting):
        return None
    if parameter.is_list:
        return lists.members(setting)
    if parameter.rule.startswith("int"):
        return rules.as_number(setting)
    return rules.check("switch", setting) if parameter.rule == "switch" else setting


TAKES_DEFAULT = frozenset(
    (service.name, parameter.name)
    for service in SERVICES.values()
    for parameter in service.parameters.values()
    if parameter.takes_default
)
"""Parameters that may hold the word DEFAULT."""


def resolved(metadata: Metadata, settings: Mapping[str, StoredValue]) -> Metadata:
    """Return metadata in which DEFAULT is replaced by what it means on this server; arguments as for `resolve`."""
    shown = Metadata({service: dict(parameters) for service, parameters in metadata.items()})
    for service, name in TAKES_DEFAULT:
        shown[service][name] = resolve(service, name, shown[service][name], settings)
    return shown


def defaults() -> Values:
    """Return a complete document with the panel's defaults; required values (domain, admin_user) are null in it."""
    return {
        name: {parameter.name: deepcopy(parameter.default) for parameter in service.parameters.values()}
        for name, service in SERVICES.items()
    }


_NUMBERS = tuple((name, len(service.parameters)) for name, service in SERVICES.items())


def completed(document: dict[str, dict[str, Any]]) -> Metadata:
    """Return the metadata of an account with every service and parameter that there is today.

    document: as the store holds it; what came with a newer program than wrote it has its default. Services that nobody
        knows any longer stay as they are
    """
    if all(len(document.get(name, ())) >= number for name, number in _NUMBERS):
        return Metadata(document)
    known = {name: {**parameters, **document.get(name, {})} for name, parameters in defaults().items()}
    return Metadata(known | {name: dict(held) for name, held in document.items() if name not in known})


ALWAYS_SET = {
    (service.name, parameter.name): parameter.default
    for service in SERVICES.values()
    for parameter in service.parameters.values()
    if not parameter.nullable and not parameter.required
}
"""Parameters that are never null, with their defaults: where a document says nothing of one, it has this value."""


WRITE_ONLY = tuple(
    (service.name, parameter.name)
    for service in SERVICES.values()
    for parameter in service.parameters.values()
    if parameter.write_only
)
"""Parameters that are set, never read, and never kept as given."""


def without_secrets(document: Values) -> Values:
    """Return a document in which write-only values are null: what may be stored and read.

    It shares the services in which there are none.
    """
    found = dict(document)
    for service, name in WRITE_ONLY:
        if found.get(service, {}).get(name) is not None:
            found[service] = {**found[service], name: None}
    return found


def copy_of(document: Mapping[str, Mapping[str, StoredValue]]) -> Values:
    """Return a copy of a document that shares nothing which can be changed in place."""
    return {
        service: {name: deepcopy(value) if isinstance(value, _MUTABLE) else value for name, value in parameters.items()}
        for service, parameters in document.items()
    }


def masked(service: str, parameter: str, value: StoredValue) -> StoredValue:
    """Return `value` as a message may show it: "(hidden)" for a secret that is set."""
    if value is None or not _exists(service, parameter):
        return value
    return HIDDEN if require(service, parameter).secret else value


def _shown(parameter: ServiceParameter, value: Any) -> str:
    if parameter.secret:
        return HIDDEN
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, list):
        return f"`[{_short(', '.join(str(member) for member in value[:20]))}]'"
    return f"`{_short('null' if value is None else str(value))}'"


def _short(text: str) -> str:
    line = "".join(char if char.isprintable() else "?" for char in text[:81])
    return line if len(line) <= 80 else line[:77] + "..."
