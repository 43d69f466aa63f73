"""The changes of a dry run: site -> service -> parameter -> new value (docs/panel.md, section 8, EditDomain).

The panel answers true and reports each change in a message, with both values as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from apnscp.wire.errors import Message

Changes = dict[str, dict[str, dict[str, Any]]]

HIDDEN = "(hidden)"
"""Takes the place of the new value of a secret, which the panel does not report."""

_ABOUT = re.compile(r"(?P<site>site[0-9]+) \([^()]*\): (?P<what>.*)", re.DOTALL)
_CHANGE = re.compile(r"(?P<service>\w+),(?P<name>\w+) would change(?: from (?P<values>.*))?", re.DOTALL)
_BETWEEN = " to "


def changes(messages: Iterable[Message]) -> Changes:
    """Return the changes that messages report, in their order.

    messages: those of one call or of several; others are ignored, and a site without changes has an empty map
    """
    found: Changes = {}
    for severity, text in messages:
        about = _ABOUT.fullmatch(text)
        if severity != "info" or not about:
            continue
        services = found.setdefault(about["site"], {})
        change = _CHANGE.fullmatch(about["what"])
        if change:
            services.setdefault(change["service"], {})[change["name"]] = _new_value(change["values"])
    return found


def _new_value(values: str | None) -> Any:
    """Return the second of two JSON values, as in ``1 to 2``; any other text is returned as it is."""
    if values is None:
        return HIDDEN
    try:
        _, end = json.JSONDecoder().raw_decode(values)
        return json.loads(values[end:].removeprefix(_BETWEEN))
    except ValueError:
        return values
