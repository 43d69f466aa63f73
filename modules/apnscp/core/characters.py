"""Characters that cannot be carried: by XML 1.0, or, like NUL, by a database.

They are refused where arguments are taken (`coerce.arguments`), so that nothing behind has to think of them.
"""

from __future__ import annotations

import re
from typing import Any

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STAND_IN = "\ufffd"


def forbidden_in(value: Any) -> str | None:
    """Return the first character in a text, or in the texts of nested arrays, that cannot be carried."""
    if isinstance(value, str):
        match = _FORBIDDEN.search(value)
        return match[0] if match else None
    if isinstance(value, list):
        parts = value
    elif isinstance(value, dict):
        parts = [*value, *value.values()]
    else:
        return None
    return next((found for part in parts if (found := forbidden_in(part)) is not None), None)


def readable(text: str) -> str:
    """Return a text in which every character that cannot be carried is replaced."""
    return _FORBIDDEN.sub(STAND_IN, text)
