"""Values as JSON of a bounded length: what does not fit is left out, and three dots stand in its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

REST = "..."
_OVERHEAD = 4
"""Characters that a value takes beside its own text."""


def as_json(value: Any, longest: int) -> str:
    """Return a value as JSON of about `longest` characters at the most."""
    return json.dumps(_fitting(value, [longest]), ensure_ascii=False, default=str)


def _fitting(value: Any, room: list[int]) -> Any:
    """Return as much of a value as there is room for; `room` holds the characters that are left."""
    if room[0] <= 0:
        return REST
    if isinstance(value, Mapping):
        return _map(value, room)
    if isinstance(value, list | tuple):
        return _list(value, room)
    text = value if isinstance(value, str) else str(value)
    taken = len(text)
    room[0], left = room[0] - taken - _OVERHEAD, room[0]
    return value[:left] + REST if isinstance(value, str) and taken > left else value


def _map(value: Mapping[Any, Any], room: list[int]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, entry in value.items():
        if room[0] <= 0:
            kept[REST] = REST
            break
        room[0] -= len(str(name)) + _OVERHEAD
        kept[str(name)] = _fitting(entry, room)
    return kept


def _list(value: list[Any] | tuple[Any, ...], room: list[int]) -> list[Any]:
    kept: list[Any] = []
    for entry in value:
        if room[0] <= 0:
            return [*kept, REST]
        kept.append(_fitting(entry, room))
    return kept
