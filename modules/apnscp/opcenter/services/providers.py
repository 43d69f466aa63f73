"""Providers of services: who keeps the zones, the mail or the lists of accounts (docs/panel.md, section 6)."""

from __future__ import annotations

from apnscp.opcenter.services.catalogue import SERVICES

_CHOICE = "choice "


def providers_of(service: str) -> list[str]:
    """Return what SERVICE,provider may name, in the order of the table; ``null`` comes first where there may be none."""
    parameter = SERVICES[service].parameters["provider"]
    words = parameter.rule.removeprefix(_CHOICE).split() if parameter.rule.startswith(_CHOICE) else []
    return ["null"] * parameter.nullable + words
