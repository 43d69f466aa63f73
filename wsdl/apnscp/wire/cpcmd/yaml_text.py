"""Write YAML as the panel's command line does: block style down to a depth, ``{ key: value }`` below it."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

_WORDS = frozenset({"", "~", "null", "true", "false", "y", "n", "yes", "no", "on", "off"})
_QUOTED = re.compile(
    r"""[\s'":{}\[\],&*\#?]            # white space and indicators anywhere
    | \A (?: [-?|<>=!%@`] | \.\.\. )   # indicators at the start
    | \A [-+]? [0-9][0-9_]* (?: \.[0-9_]* )? (?: [eE][-+]?[0-9]+ )? \Z
    | \A [-+]? \.[0-9_]+ (?: [eE][-+]?[0-9]+ )? \Z
    | \A [-+]? \.(?: inf | Inf | INF ) \Z | \A \.(?: nan | NaN | NAN ) \Z
    | \A [-+]? 0 (?: x[0-9a-fA-F_]+ | o?[0-7_]+ | b[01_]+ ) \Z
    | \A [0-9]{4}-[0-9]{1,2}-[0-9]{1,2} \Z""",
    re.VERBOSE,
)
LARGEST_PLAIN = 1e15
"""Whole floats from here on are written with an exponent, as PHP does."""
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def dump(value: Any, inline: int = 2) -> str:
    """Write a value as YAML without a final line break.

    value: made of None, bool, int, float, str, list and dict; any empty array is ``{  }``, and a whole float is marked,
        ``!!float 3000``, as PHP does
    inline: levels in block style (``YAML_INLINE``); what is nested deeper is written in one line
    """
    if inline <= 0 or not isinstance(value, dict | list) or not value:
        return _inline(value)
    return "\n".join(_block(value, inline, ""))


def _block(value: Any, inline: int, indent: str) -> Iterator[str]:
    for lead, item in _entries(value):
        if inline > 1 and isinstance(item, dict | list) and item:
            yield f"{indent}{lead}"
            yield from _block(item, inline - 1, indent + "  ")
        else:
            yield f"{indent}{lead} {_inline(item)}"


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list):
        return (("-", item) for item in value)
    return ((f"{scalar(key)}:", item) for key, item in value.items())


def _inline(value: Any) -> str:
    if not isinstance(value, dict | list):
        return scalar(value)
    if not value:
        return "{  }"
    if isinstance(value, list):
        return f"[{', '.join([_inline(item) for item in value])}]"
    return f"{{ {', '.join([f'{scalar(key)}: {_inline(item)}' for key, item in value.items()])} }}"


def scalar(value: Any) -> str:
    """Write one scalar or key, quoted if a reader of YAML 1.1 or 1.2 would take it for something else."""
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _float(value) if isinstance(value, float) else str(value)


def _float(value: float) -> str:
    if math.isnan(value):
        return ".NaN"
    if math.isinf(value):
        return ".Inf" if value > 0 else "-.Inf"
    if value.is_integer() and abs(value) < LARGEST_PLAIN:
        return f"!!float {value:.0f}"
    mantissa, exponent, power = repr(value).partition("e")
    return (mantissa if "." in mantissa else mantissa + ".0") + exponent + power


def _text(text: str) -> str:
    if _ESCAPED.search(text):
        return _double_quoted(text)
    if text.lower() in _WORDS or _QUOTED.search(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _double_quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
