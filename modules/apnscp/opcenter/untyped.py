"""Arguments of methods that PHP declares without a type: taken as text or number where one is needed."""

from __future__ import annotations

from typing import Any

from apnscp.core.coerce import coerce
from apnscp.core.errors import BadArgument
from apnscp.core.registry import Parameter


def text(name: str, value: Any) -> str:
    """Return an argument as text; raises BadArgument for null and for an array."""
    return str(coerce(Parameter(name, "str", nullable=False), _given(name, value)))


def number(name: str, value: Any) -> int:
    """Return an argument as a whole number; raises BadArgument for what is none."""
    return int(coerce(Parameter(name, "int", nullable=False), _given(name, value)))


def truth(name: str, value: Any) -> bool:
    """Return an argument as true or false; raises BadArgument for what is neither."""
    return bool(coerce(Parameter(name, "bool", nullable=False), _given(name, value)))


def _given(name: str, value: Any) -> Any:
    if value is None:
        raise BadArgument("Parameter `%s' must not be null", name)
    return value
