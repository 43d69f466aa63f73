"""The services of an account and their parameters, read from ``data/services.tsv``.

The columns `accepted` and `source` of that table are notes for its readers; no code asks for them.

A panel may have services, parameters and providers of its own. A further table of the same columns, which the variable
``APNSCP_SERVICES`` names, adds them: its rows replace those of the package with the same service and parameter.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from apnscp.core.data_files import rows_of, rows_of_text
from apnscp.opcenter.services import rules
from apnscp.opcenter.services.rules import StoredValue

VARIABLE = "APNSCP_SERVICES"
"""Names the panel's own table of services."""
_COLUMNS = ("service", "parameter", "default", "type", "rule", "flags", "server_default", "meaning")
_EMPTY = dict.fromkeys(_COLUMNS, "")
_IN_EVERY_SERVICE = (
    {"parameter": "version", "default": "3.1", "type": "float", "rule": "version", "flags": "protected"},
    {"parameter": "enabled", "default": "0", "type": "bool int", "rule": "switch"},
)
"""What a service of the panel's own has even if its table does not say so."""


@dataclass(frozen=True)
class ServiceParameter:
    """One row of the table: what ``service,name`` holds and what may be put there.

    kind: the type as the panel documents it; server_default: the setting behind DEFAULT, and the panel's value for it
    """

    service: str
    name: str
    default: StoredValue
    kind: str
    rule: str
    flags: frozenset[str]
    server_default: tuple[str, StoredValue] | None
    meaning: str

    @cached_property
    def accepts(self) -> str:
        """What the parameter accepts, for error texts and ``--help``: "a whole number from 0, or null or DEFAULT"."""
        value = "1" if self.mandatory else rules.wording(self.rule)
        words = ["null"] * self.nullable + ["DEFAULT"] * self.takes_default
        if not words:
            return value
        joint = ", or " if "," in value or len(words) > 1 else " or "
        return value + joint + " or ".join(words)

    @property
    def address(self) -> str:
        """The name on a command line, "diskquota,quota"."""
        return f"{self.service},{self.name}"

    @property
    def nullable(self) -> bool:
        """Whether null is a value of its own; mostly "unlimited"."""
        return "null" in self.flags

    @property
    def takes_default(self) -> bool:
        """Whether the word DEFAULT may be stored, which is resolved from the server's settings when it is read."""
        return "default" in self.flags

    @property
    def required(self) -> bool:
        """Whether a site cannot be added without it."""
        return "required" in self.flags

    @property
    def mandatory(self) -> bool:
        """Whether it switches a service that cannot be switched off."""
        return "mandatory" in self.flags

    @property
    def write_only(self) -> bool:
        """Whether it is a password: set, never read, never kept as given."""
        return "write-only" in self.flags

    @property
    def secret(self) -> bool:
        """Whether its value must not appear in messages."""
        return bool(self.flags & {"write-only", "secret"})

    @property
    def protected(self) -> bool:
        """Whether plan changes and resets leave it alone, since it identifies the account or was assigned to it."""
        return "protected" in self.flags

    @property
    def is_list(self) -> bool:
        """Whether the stored value is a list."""
        return self.rule.startswith("list ")


@dataclass(frozen=True)
class Service:
    """A service and its parameters by name, ``version`` and ``enabled`` included."""

    name: str
    parameters: Mapping[str, ServiceParameter]


def _default(text: str, rule: str) -> StoredValue:
    if text in ("None", "(required)", "null"):
        return None
    return "DEFAULT" if text == "DEFAULT" else rules.check(rule, text)


def _server_default(text: str, rule: str) -> tuple[str, StoredValue] | None:
    setting, _, fallback = text.partition("=")
    return (setting, _default(fallback, rule)) if setting else None


def _service_parameter(row: Mapping[str, str]) -> ServiceParameter:
    return ServiceParameter(
        service=row["service"],
        name=row["parameter"],
        default=_default(row["default"], row["rule"]),
        kind=row["type"],
        rule=row["rule"],
        flags=frozenset(row["flags"].split()),
        server_default=_server_default(row["server_default"], row["rule"]),
        meaning=row["meaning"],
    )


def _further(path: str) -> list[ServiceParameter]:
    """Return the parameters of a panel's own table; raises SystemExit with one line for a table that is no such."""
    try:
        rows = rows_of_text(Path(path).read_text("utf-8"))
        filled = [_EMPTY | {name: text or "" for name, text in row.items() if name in _EMPTY} for row in rows]
        parameters = [_service_parameter(row) for row in filled]
        for parameter in parameters:
            rules.wording(parameter.rule)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{VARIABLE}: {path} is not a table of services: {error!r}") from error
    return parameters


def _read(further: str) -> Mapping[str, Service]:
    found: dict[str, dict[str, ServiceParameter]] = {}
    for row in rows_of("apnscp.opcenter.services", "services.tsv"):
        parameter = _service_parameter(row)
        found.setdefault(parameter.service, {})[parameter.name] = parameter
    for parameter in _further(further) if further else ():
        if parameter.service not in found:
            whole = [_service_parameter(_EMPTY | {"service": parameter.service} | row) for row in _IN_EVERY_SERVICE]
            found[parameter.service] = {common.name: common for common in whole}
        found[parameter.service][parameter.name] = parameter
    return MappingProxyType({name: Service(name, MappingProxyType(members)) for name, members in found.items()})


SERVICES: Mapping[str, Service] = _read(os.environ.get(VARIABLE, ""))
