r"""Read and write cpcmd's argument notation (docs/panel.md, section 10).

A text that does not open with a bracket is a scalar: ``5``, ``true``, ``null``, or the text itself, less one pair
of quotes around it. A bracket opens an array: ``[a,b]`` is a list, ``[a:b,c:[d:e]]`` a map in a map, ``[a,b:c]``
both in one. Inside brackets

- blanks around an element are dropped, and a comma at the end is allowed;
- quotes, ``"`` or ``'``, keep everything between them as text;
- outside quotes a backslash protects one of ``, : [ ] " ' \`` or a blank, and the element is then text;
- brackets in the middle of a text belong to it as far as they are balanced;
- a second colon makes the whole entry one element: ``[::1]`` is a list of one address.

As in PHP, keys that look like integers are integers and an array keyed 0, 1, 2 ... in order is a list.

The panel's parser has four quirks that are not kept; here

- ``[foo,bar,]`` is a list of two;
- ``[a:]`` is a map whose one value is an empty text;
- ``[0:a,1:b]`` is a list of a and b;
- ``[a b,c d]`` keeps the blanks inside its elements.

One is kept: a quote protected by a backslash inside quotes ends the notation, and the argument is then the text
from the opening quote on. Write ``'b"c'`` or ``b\"c`` instead, as `write` does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from apnscp.wire.cpcmd.notation_reader import MAX_DEPTH, NotationError, array, ends_protected, literal, read_array
from apnscp.wire.soap.kinds import Value, plain
from apnscp.wire.soap.text import php_int, php_key, text_of_bytes

__all__ = ["MAX_DEPTH", "NotationError", "array", "literal", "parse", "write"]

_SPECIAL = re.compile(r"""[,:\[\]"'\\ \t\r\n]""")
_PLAIN = re.compile(r"[^,:\[\]\"'\\\s]+")


def parse(text: str) -> Value:
    """Read one argument.

    text: as typed, after the shell took its own quotes away
    returns: None, bool, int, float, str, list or dict (keys int or str)
    raises NotationError: an array that is not closed, lacks an element or is nested deeper than `MAX_DEPTH`
    source: docs/panel.md, section 10
    """
    if text.startswith("["):
        return read_array(text)
    if text.startswith("\\["):
        return text[1:]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return literal(text)


def write(value: Value) -> str:
    """Write a value so that `parse` gives it back.

    value: what `parse` returns; tuples are lists, empty maps are empty lists, not-a-number becomes the text ``NAN``
    raises NotationError: nested deeper than `MAX_DEPTH`
    raises WireError: not a PHP value
    """
    if isinstance(value, str):
        return _write_argument(value)
    return _write(value, 0)


def _write(value: Any, depth: int) -> str:
    if type(value) not in _WRITERS:
        value = plain(value)
    if type(value) in _ARRAYS and depth >= MAX_DEPTH:
        raise NotationError(f"Arrays are nested deeper than {MAX_DEPTH}", "[" * (depth + 1), depth + 1)
    return _WRITERS[type(value)](value, depth)


def _write_list(value: Any, depth: int) -> str:
    return "[" + ",".join([_write(item, depth + 1) for item in value]) + "]"


def _write_map(value: Any, depth: int) -> str:
    entries = array({php_key(key): item for key, item in value.items()})
    if not isinstance(entries, dict):
        return _write_list(entries, depth)
    return "[" + ",".join([f"{_write_key(key)}:{_write(item, depth + 1)}" for key, item in entries.items()]) + "]"


def _write_text(value: str, _: int) -> str:
    return value if _PLAIN.fullmatch(value) and literal(value) is value else _protect(value)


def _write_float(value: Any, _: int) -> str:
    if math.isnan(value):
        return "NAN"
    if math.isinf(value):
        return "1.0e999" if value > 0 else "-1.0e999"
    mantissa, exponent, power = repr(value).partition("e")
    return (mantissa if "." in mantissa else mantissa + ".0") + exponent + power


def _write_key(key: int | str) -> str:
    if isinstance(key, int):
        return str(key)
    return key if _PLAIN.fullmatch(key) else _protect(key)


def _write_argument(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    if text and not quoted and not text.startswith(("[", "\\[")) and literal(text) is text:
        return text
    return f'"{text}"'


def _protect(text: str) -> str:
    for quote in "\"'":
        if quote not in text and not ends_protected(text):
            return f"{quote}{text}{quote}"
    return _SPECIAL.sub(r"\\\g<0>", text)


_ARRAYS = frozenset({list, tuple, dict})
_WRITERS: dict[type, Callable[[Any, int], str]] = {
    str: _write_text,
    bytes: lambda value, depth: _write_text(text_of_bytes(value), depth),
    int: lambda value, _: php_int(value),
    float: _write_float,
    bool: lambda value, _: "true" if value else "false",
    type(None): lambda value, _: "null",
    list: _write_list,
    tuple: _write_list,
    dict: _write_map,
}
