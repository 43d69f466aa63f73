"""What a dry run would do, read from its messages (docs/panel.md, section 8).

The panel answers true. It reports each change of an edit in a message, with both values as JSON, and each site that a
deletion would take.
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
_DELETION = re.compile(r"site[0-9]+ \(.*\) will be deleted", re.DOTALL)
_BETWEEN = " to "


def announces_deletion(message: Message) -> bool:
    """Tell whether a message says that a site would be deleted, as in the sample of the panel's billing guide."""
    return message[0] == "info" and _DELETION.fullmatch(message[1]) is not None


def changes(messages: Iterable[Message]) -> Changes:
    """Return the changes that messages report in their order: site -> service -> parameter -> new value.

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
