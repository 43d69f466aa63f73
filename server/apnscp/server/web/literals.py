"""Values of a call as one writes them in a program: in PHP and in Python."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any


def php(value: Any) -> str:
    """Return a value as PHP code."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    if isinstance(value, float):
        return _php_float(value)
    return _array(value, php, "[", " => ", "]")


def python(value: Any) -> str:
    """Return a value as Python code."""
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    return _array(value, python, "{", ": ", "}") if isinstance(value, list | dict) else repr(value)


def _array(value: Any, each: Callable[[Any], str], opening: str, arrow: str, closing: str) -> str:
    if isinstance(value, dict):
        return opening + ", ".join(f"{each(key)}{arrow}{each(item)}" for key, item in value.items()) + closing
    return f"[{', '.join(map(each, value))}]" if isinstance(value, list) else str(value)


def _php_float(value: float) -> str:
    if math.isfinite(value):
        return repr(value)
    return "NAN" if math.isnan(value) else "INF" if value > 0 else "-INF"
