"""What is said about names that `admin:collect` is given and does not know.

A parameter that is asked for is null, as billing clients read rows of panels of several versions, and a warning
names it. A condition is refused: what it selects is suspended or deleted by scripts, and an unknown one would select all
accounts or none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.services.values import require

Path = tuple[str, str]


def warn_unknown(ctx: Context, fields: Iterable[Path]) -> None:
    """Report each parameter that no service has as a warning."""
    for path in fields:
        unknown = _unknown(path)
        if unknown:
            ctx.warn("%s (null is given for it)", unknown)


def require_condition(path: Path) -> None:
    """Raise Refused for a parameter that no service has."""
    unknown = _unknown(path)
    if unknown:
        raise Refused("The query cannot be answered: %s", unknown)


def require_service(name: str, before: Any = None) -> None:
    """Raise Refused for a service that does not exist.

    before: the entry in front of it; where it is a service with a parameter of this name, a comma was meant as its mark
    """
    if name in SERVICES:
        return
    if isinstance(before, str) and name in getattr(SERVICES.get(before), "parameters", ()):
        raise Refused("Unknown service `%s'%s", name, _quoting(before, name))
    require(name, "enabled")


def require_keyed(query: Mapping[Any, Any]) -> None:
    """Raise Refused for an entry of a query that has no key, as `[billing,invoice:x]` is read: billing, and invoice with x."""
    keys = list(query)
    for place, key in enumerate(keys):
        if isinstance(key, int):
            after = str(keys[place + 1]) if place + 1 < len(keys) else ""
            raise Refused("`%s' in the query is compared with nothing%s", query[key], _quoting(str(query[key]), after))


def _unknown(path: Path) -> str | None:
    try:
        require(*path)
    except Refused as refusal:
        return refusal.text
    return None


def _quoting(service: str, parameter: str) -> str:
    if parameter not in getattr(SERVICES.get(service), "parameters", ()):
        return "; a condition is written service.parameter:value"
    return f'; quote the key, "{service},{parameter}", or write {service}.{parameter}'
