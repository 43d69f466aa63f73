"""Read and write values in the formats of cpcmd's ``-i`` and ``-o`` (docs/panel.md, section 10).

Empty arrays are ``[]`` in JSON and ``{  }`` in YAML, whether they are lists or maps in Python: PHP has one kind of array.
A map with the keys 0, 1, 2 ... in order is a list.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from io import BytesIO
from typing import Any

from apnscp.wire.cpcmd import notation, notation_reader, php_text, yaml_text
from apnscp.wire.errors import WireError
from apnscp.wire.soap.kinds import DEPTH_LIMIT, Value, plain
from apnscp.wire.soap.text import php_key, text_of_bytes


class FormatError(WireError):
    """A text is not in the format it should be in, or there is no such format."""


def dump(value: Value, fmt: str, *, inline: int = 2) -> str:
    """Write a value for people or programs, without a final line break.

    value: any value of the wire, nested up to 100 levels
    fmt: one of `OUTPUTS`; in yaml and cli a scalar is its bare text: true is 1, false and null are empty
    inline: levels of YAML in block style
    Raises FormatError when there is no such format or the value is nested too deep, WireError when it is not a PHP value.
    """
    if fmt not in OUTPUTS:
        raise FormatError(f"Unknown output format `{fmt}'; known are {', '.join(OUTPUTS)}")
    native = _native(value)
    if fmt in _BARE and not isinstance(native, dict | list):
        return php_text.echo(native)
    return OUTPUTS[fmt](native, inline)


def load(text: str, fmt: str) -> Value:
    """Read one argument.

    text: the argument as typed
    fmt: one of `INPUTS`
    Raises FormatError when there is no such format or the text is not in it, NotationError instead for cli.
    """
    if fmt not in INPUTS:
        raise FormatError(f"Unknown input format `{fmt}'; known are {', '.join(INPUTS)}")
    return INPUTS[fmt](text)


def _dump_json(value: Any, _: int) -> str:
    return json.dumps(_jsonable(value), separators=(",", ":"))


def _dump_serialize(value: Any, _: int) -> str:
    from phpserialize import dumps

    return str(dumps(value).decode("utf-8"))


def _dump_print(value: Any, _: int) -> str:
    return php_text.print_r(value).removesuffix("\n")


def _dump_var(value: Any, _: int) -> str:
    return php_text.var_dump(value).removesuffix("\n")


def _jsonable(value: Any) -> Any:
    """Replace numbers that JSON does not have with null."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    return [_jsonable(item) for item in value] if isinstance(value, list) else value


def _load_json(text: str) -> Value:
    try:
        value: Value = _native(json.loads(text, parse_constant=_no_constant))
    except json.JSONDecodeError as error:
        raise FormatError(f"The argument is not JSON: {error.msg} (column {error.pos + 1})") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(f"The argument is not usable JSON: {error}") from error
    return value


def _no_constant(name: str) -> Value:
    raise ValueError(f"{name} is not a number in JSON")


def _load_serialize(text: str) -> Value:
    from phpserialize import load as unserialize

    data = BytesIO(text.encode("utf-8", "surrogatepass"))
    try:
        value: Value = _native(unserialize(data, decode_strings=True))
    except (ValueError, TypeError, RecursionError, OverflowError, MemoryError) as error:
        raise FormatError(f"The argument is not a serialized PHP value: {error}") from error
    if data.read(1):
        raise FormatError(f"The argument is not a serialized PHP value: it goes on after byte {data.tell() - 1}")
    return value


def _native(value: Any, depth: int = 0) -> Any:
    """Return a value as PHP sees it, made only of None, bool, int, float, str, list and dict; empty maps become lists."""
    kind = type(value)
    if kind in _SCALARS:
        return value
    if depth > DEPTH_LIMIT:
        raise FormatError(f"Arrays are nested deeper than {DEPTH_LIMIT}")
    if kind is list or kind is tuple:
        return [_native(item, depth + 1) for item in value]
    if kind is dict:
        return notation_reader.array({php_key(key): _native(item, depth + 1) for key, item in value.items()})
    return text_of_bytes(value) if kind is bytes else _native(plain(value), depth)


_SCALARS = frozenset({str, int, float, bool, type(None)})
_BARE = frozenset({"yaml", "cli"})

OUTPUTS: dict[str, Callable[[Any, int], str]] = {
    "yaml": yaml_text.dump,
    "json": _dump_json,
    "cli": lambda value, _: notation.write(value),
    "serialize": _dump_serialize,
    "var_dump": _dump_var,
    "print": _dump_print,
}
"""Formats that `dump` writes."""

INPUTS: dict[str, Callable[[str], Value]] = {
    "cli": notation.parse,
    "json": _load_json,
    "serialize": _load_serialize,
}
"""Formats that `load` reads."""
