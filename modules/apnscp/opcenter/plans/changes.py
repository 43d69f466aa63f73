"""How an account moves between plans and back to its plan (docs/panel.md, section 7)."""

from __future__ import annotations

from collections.abc import Callable

from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values, require


def change_plan(document: Values, old_plan: Values, new_plan: Values) -> Values:
    """Return a copy of `document` under a new plan; its values, lists too, are those of the document and the plan.

    A value moves only if it still is what the old plan says; one that was set by hand stays, and so does a protected
    one. siteinfo,plan itself is the caller's to set.
    """
    return _merged(document, new_plan, lambda service, name, _: _same(document, old_plan, service, name))


def reset(document: Values, plan: Values, *, with_plan: bool) -> Values:
    """Return a copy of `document` with the values of `plan`; protected ones stay.

    with_plan: whether the caller named the plan; without, plan values that are arrays or null are not applied
    """
    return _merged(document, plan, lambda _service, _name, value: with_plan or not _array_or_null(value))


def _merged(document: Values, plan: Values, moves: Callable[[str, str, StoredValue], bool]) -> Values:
    merged = {service: dict(parameters) for service, parameters in document.items()}
    for service, parameters in plan.items():
        for name, value in parameters.items():
            if not require(service, name).protected and moves(service, name, value):
                merged.setdefault(service, {})[name] = value
    return merged


def _same(document: Values, plan: Values, service: str, name: str) -> bool:
    held = document.get(service, {})
    return name not in held or held[name] == plan.get(service, {}).get(name)


def _array_or_null(value: StoredValue) -> bool:
    return value is None or isinstance(value, list | dict)
