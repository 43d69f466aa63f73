"""Lists as clients write them: arrays, arrays with integer keys, ``['a','b']``, ``[a,b]``, ``a,b``, or one member."""

from __future__ import annotations

import re
from typing import Any

_MEMBER = re.compile(r"""\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,\[\]'"]+))\s*(,|\Z)""")
_ESCAPE = re.compile(r"\\(.)")
_DEEPEST = 16


def members(value: Any) -> list[Any]:
    """Return the members of a list in any notation; null and empty text are the empty list.

    Raises ValueError for a map, and for text whose quotes or brackets are not closed.
    """
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return _values(value)
    if isinstance(value, str):
        return split(value)
    return [] if value is None else [value]


def split(text: str) -> list[str]:
    """Return the members of ``['a','b']``, ``[a,b]`` or ``a,b`` as text; one comma at the end is allowed.

    Raises ValueError when quotes or brackets are not closed, or a member is empty.
    """
    body = text.strip()
    if body.startswith("["):
        if not body.endswith("]"):
            raise ValueError("bracket not closed")
        body = body[1:-1].strip()
    found: list[str] = []
    position = 0
    while position < len(body):
        match = _MEMBER.match(body, position)
        if not match or (match[3] is not None and not match[3].strip()):
            raise ValueError("not a list")
        found.append(_unquoted(match))
        position = match.end()
    return found


def _unquoted(match: re.Match[str]) -> str:
    if match[3] is not None:
        return match[3].strip()
    return _ESCAPE.sub(r"\1", match[1] if match[1] is not None else match[2])


def _values(value: dict[Any, Any]) -> list[Any]:
    if not all(isinstance(key, int) or str(key).isdecimal() for key in value):
        raise ValueError("a map, not a list")
    return list(value.values())


def distinct(values: list[Any]) -> list[Any]:
    """Return `values` without repetitions, in order; 1 and "1" and true differ."""
    return list({(type(value), value): value for value in values}.values())


def plain(value: Any, depth: int = 0) -> Any:
    """Return a copy of nested arrays of scalars.

    Raises ValueError past 16 levels, and for objects that are neither array nor scalar.
    """
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, list):
        return [plain(member, depth + 1) for member in value]
    if isinstance(value, dict):
        return {str(key): plain(member, depth + 1) for key, member in value.items()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise ValueError("not a scalar")
