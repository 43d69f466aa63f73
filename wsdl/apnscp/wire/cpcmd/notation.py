r"""Read and write cpcmd's argument notation (docs/panel.md, section 10).

A text that does not start with a bracket is a scalar: ``5``, ``true``, ``null``, or the text itself without one pair
of quotes around it. A bracket starts an array: ``[a,b]`` is a list, ``[a:b,c:[d:e]]`` a map in a map, ``[a,b:c]``
has elements with and without keys. Inside brackets

- spaces around an element are dropped, and a comma at the end is allowed;
- everything between quotes, ``"`` or ``'``, is text;
- outside quotes a backslash escapes one of ``, : [ ] " ' \`` or a space, and the element is then text;
- balanced brackets in the middle of a text are part of it;
- an entry with a second colon is one element: ``[::1]`` is a list of one address.

As in PHP, keys that look like integers are integers, and an array with the keys 0, 1, 2 ... in order is a list.

Four quirks of the panel's parser are not copied; here

- ``[foo,bar,]`` is a list of two;
- ``[a:]`` is a map whose one value is an empty text;
- ``[0:a,1:b]`` is a list of a and b;
- ``[a b,c d]`` keeps the spaces inside its elements.

One is copied: an escaped quote inside quotes ends the array, and the argument is then the text from the opening quote
on. Write ``'b"c'`` or ``b\"c`` instead, as `write` does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from apnscp.wire.cpcmd.notation_reader import MAX_DEPTH, NotationError, array, ends_in_escape, literal, read_array
from apnscp.wire.soap.kinds import Value, plain
from apnscp.wire.soap.text import php_int, php_key, text_of_bytes

_SPECIAL = re.compile(r"""[,:\[\]"'\\ \t\r\n]""")
_PLAIN = re.compile(r"[^,:\[\]\"'\\\s]+")


def parse(text: str) -> Value:
    """Read one argument.

    text: as typed, after the shell removed its own quotes
    Returns None, bool, int, float, str, list or dict (keys int or str).
    Raises NotationError when an array is not closed, lacks an element or is nested deeper than `MAX_DEPTH`.
    """
    if text.startswith("["):
        return read_array(text)
    if text.startswith("\\["):
        return text[1:]
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    return literal(text)


def write(value: Value) -> str:
    """Write a value so that `parse` returns it again.

    value: what `parse` returns; tuples become lists, empty maps empty lists, not-a-number the text ``NAN``
    Raises NotationError when it is nested deeper than `MAX_DEPTH`, WireError when it is not a PHP value.
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
        if quote not in text and not ends_in_escape(text):
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
