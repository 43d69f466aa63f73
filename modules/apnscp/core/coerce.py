"""Coerce arguments as PHP does in its weak mode: from what was sent to what the method asks for.

int accepts integral text and booleans, bool accepts 0, 1, true and false as text or number, text accepts numbers; a PHP
array becomes a list or a map as the method asks for it. The empty text to an optional text or number is as good as nil, unless it
is marked as free text. Anything else is an error that names parameter and value
(docs/wire.md, "WSDL").
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

from apnscp.core.characters import forbidden_in
from apnscp.core.errors import BadArgument, MissingArgument
from apnscp.core.php_types import Kind
from apnscp.core.registry import Command, Parameter


class _Absent:
    """Marks a parameter that the caller did not send."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent()

_INTEGRAL = re.compile(r"\s*[+-]?\d{1,19}(?:\.0*)?\s*\Z")
_NUMERIC = re.compile(r"\s*[+-]?(?:\d{1,400}(?:\.\d*)?|\.\d{1,400})(?:[eE][+-]?\d{1,3})?\s*\Z")
_BOOLEANS = {"1": True, "true": True, "0": False, "false": False, "": False}
_EMPTY_IS_NIL = frozenset({Kind.STR, Kind.INT, Kind.FLOAT})
INT64 = range(-(2**63), 2**63)
LARGEST = sys.float_info.max


def arguments(command: Command, given: Sequence[Any]) -> list[Any]:
    """Return the arguments for `command`'s function, in order, after its context.

    given: one value per parameter, ABSENT where the caller sent none; further values belong to a variadic parameter
    Raises MissingArgument when a required parameter was not sent, BadArgument when a value cannot be coerced.
    """
    result: list[Any] = []
    _require_carried(command, given)
    for index, parameter in enumerate(command.parameters):
        if parameter.variadic:
            result.extend(coerce(parameter, value) for value in _trimmed(given[index:]))
            break
        value = given[index] if index < len(given) else ABSENT
        if value == "" and empty_is_nil(parameter):
            value = None
        taken = _unsent(parameter, value) if value is None or value is ABSENT else coerce(parameter, value)
        result.append(taken)
    return result


def empty_is_nil(parameter: Parameter) -> bool:
    """Tell whether the empty text means that nothing was given: node-soap writes what is undefined as an empty element."""
    wanted = parameter.type
    return not parameter.required and wanted.kind in _EMPTY_IS_NIL and not wanted.free_text


def _require_carried(command: Command, given: Sequence[Any]) -> None:
    """Raise BadArgument for a character that neither XML nor a database can carry, wherever it stands."""
    for index, value in enumerate(given):
        found = forbidden_in(value)
        if found is not None and command.parameters:
            name = command.parameters[min(index, len(command.parameters) - 1)].name
            raise BadArgument("Parameter `%s' holds the character U+%04X, which cannot be carried", name, ord(found))


def _trimmed(values: Sequence[Any]) -> list[Any]:
    """Drop the parts at the end that were left out, and the padding of PHP's clients, which send every part.

    A nil at the end of fewer parts than are described is a value: `cpcmd` sends what was typed and no more.
    """
    padding = (ABSENT,) if values and values[-1] is ABSENT else (ABSENT, None)
    kept = list(values)
    while kept and kept[-1] in padding:
        kept.pop()
    return [None if value is ABSENT else value for value in kept]


def _unsent(parameter: Parameter, value: Any) -> Any:
    """Return what stands for nil or for nothing: None where that is a value, else the default."""
    if value is None and parameter.type.nullable:
        return None
    if parameter.required:
        raise _refused_null(parameter) if value is None and parameter.type.untyped else MissingArgument(parameter.name)
    default = parameter.default
    return default.copy() if isinstance(default, list | dict) else default


def coerce(parameter: Parameter, value: Any) -> Any:
    """Return a value as the type that `parameter` asks for.

    Raises BadArgument when it cannot be that.
    """
    taken = _COERCE[parameter.type.kind](value)
    return _otherwise(parameter, value) if taken is ABSENT else taken


def _otherwise(parameter: Parameter, value: Any) -> None:
    """Return None for null where it is a value, or raise BadArgument.

    An untyped number that may be null takes the empty text as null, which is how an element without content arrives.
    """
    wanted = parameter.type
    if wanted.nullable and (value is None or (wanted.untyped and value == "")):
        return
    if value is None and wanted.untyped:
        raise _refused_null(parameter)
    raise BadArgument("Parameter `%s' must be %s; %s is not", parameter.name, wanted.kind.wanted, shown(value))


def _refused_null(parameter: Parameter) -> BadArgument:
    return BadArgument("Parameter `%s' must not be null", parameter.name)


def shown(value: Any) -> str:
    """Return a value as an error message shows it: short, and in one line."""
    if isinstance(value, list | dict):
        return f"an array of {len(value)}"
    text = "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    text = "".join(char if char.isprintable() else " " for char in text)
    return f"`{text[:60]}...'" if len(text) > 60 else f"`{text}'"


def _bool(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return bool(value) if value in (0, 1) else ABSENT
    return _BOOLEANS.get(value.strip().lower(), ABSENT) if isinstance(value, str) else ABSENT


def _int(value: Any) -> Any:
    if isinstance(value, int):
        return int(value) if int(value) in INT64 else ABSENT
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**63 else ABSENT
    if isinstance(value, str) and _INTEGRAL.match(value):
        number = int(value.strip().partition(".")[0])
        return number if number in INT64 else ABSENT
    return ABSENT


def _float(value: Any) -> Any:
    if isinstance(value, float):
        return value
    if isinstance(value, int):
        return float(value) if abs(value) <= LARGEST else ABSENT
    return float(value) if isinstance(value, str) and _NUMERIC.match(value) else ABSENT


def _str(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value) if isinstance(value, int) else ABSENT


def _list(value: Any) -> Any:
    taken = _array(value)
    return list(taken.values()) if isinstance(taken, dict) else taken


def _map(value: Any) -> Any:
    taken = _array(value)
    return dict(enumerate(taken)) if isinstance(taken, list) else taken


def _array(value: Any) -> Any:
    """Accept an array; node-soap and SOAP::Lite send an empty one as an element without content."""
    return [] if value == "" else value if isinstance(value, list | dict) else ABSENT


_COERCE: dict[Kind, Callable[[Any], Any]] = {
    Kind.BOOL: _bool, Kind.INT: _int, Kind.FLOAT: _float, Kind.STR: _str, Kind.LIST: _list, Kind.MAP: _map,
    Kind.ARRAY: _array, Kind.MIXED: lambda value: value,
}  # fmt: skip
