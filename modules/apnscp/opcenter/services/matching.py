"""Loose comparison in queries, as PHP's: `1` matches "1" and true (docs/panel.md, section 11)."""

from __future__ import annotations

from typing import Any

from apnscp.opcenter.services.rules import as_number, is_null


def matches(stored: Any, wanted: Any, *, switch: bool = False) -> bool:
    """Tell whether a stored value matches a query.

    stored: the parameter's value; a list matches when it equals or contains `wanted`
    wanted: from the query; None and the text null match null, an empty list, and a switch that is off
    switch: whether the parameter is a switch, such as `enabled`
    """
    if is_null(wanted):
        return stored is None or stored == [] or (switch and not stored)
    if isinstance(wanted, bool):
        return _truth(stored) == wanted
    if isinstance(stored, list):
        if isinstance(wanted, list):
            return [_text(entry) for entry in stored] == [_text(entry) for entry in wanted]
        return any(matches(entry, wanted) for entry in stored)
    if isinstance(wanted, list | dict):
        return False
    return stored is not None and (_text(stored) == _text(wanted) or _same_number(stored, wanted))


def _same_number(stored: Any, wanted: Any) -> bool:
    """Tell whether text from the query is another spelling of a stored number, as "9.0" and "09" are of 9."""
    if isinstance(stored, str) or not isinstance(wanted, str):
        return False
    try:
        return bool(as_number(wanted) == stored)
    except ValueError:
        return False


def _truth(value: Any) -> bool:
    return value not in (None, "", "0", 0, False) and value != []


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return {"true": "1", "false": "0"}.get(text.lower(), text)
