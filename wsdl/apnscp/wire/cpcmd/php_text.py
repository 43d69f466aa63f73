"""Write values as PHP prints them: echo, print_r and var_dump."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

_ECHO_DIGITS = 14
_DUMP_DIGITS = 17


def echo(value: Any) -> str:
    """Write a scalar as PHP's echo does: true is 1, false and null are empty."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    return _number(value, _ECHO_DIGITS) if isinstance(value, float) else str(value)


def print_r(value: Any) -> str:
    """Write a value as PHP's print_r does; an array ends with a line break, a scalar does not."""
    return "".join(_print(value, ""))


def var_dump(value: Any) -> str:
    """Write a value as PHP's var_dump does, ending with a line break; text lengths are in bytes of UTF-8."""
    return "".join(_dump(value, ""))


def _entries(value: Any) -> Iterable[tuple[int | str, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)


def _print(value: Any, indent: str) -> Iterator[str]:
    if not isinstance(value, dict | list):
        yield echo(value)
        return
    yield f"Array\n{indent}(\n"
    for key, item in _entries(value):
        yield f"{indent}    [{key}] => "
        yield from _print(item, indent + " " * 8)
        yield "\n"
    yield f"{indent})\n"


def _dump(value: Any, indent: str) -> Iterator[str]:
    if not isinstance(value, dict | list):
        yield f"{indent}{_dump_scalar(value)}\n"
        return
    yield f"{indent}array({len(value)}) {{\n"
    for key, item in _entries(value):
        yield f'{indent}  ["{key}"]=>\n' if isinstance(key, str) else f"{indent}  [{key}]=>\n"
        yield from _dump(item, indent + "  ")
    yield f"{indent}}}\n"


def _dump_scalar(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return f"bool({'true' if value else 'false'})"
    if isinstance(value, int):
        return f"int({value})"
    if isinstance(value, float):
        return f"float({_number(value, _DUMP_DIGITS)})"
    return f'string({len(value.encode("utf-8", "surrogatepass"))}) "{value}"'


def _number(value: float, digits: int) -> str:
    """Write a float with at most `digits` significant digits, with an exponent where PHP uses one."""
    if not math.isfinite(value):
        return "NAN" if math.isnan(value) else "INF" if value > 0 else "-INF"
    scientific = repr(value) if digits == _DUMP_DIGITS else f"{value:.{digits - 1}e}"
    sign, figures, point = _decimal(scientific)
    if not -4 < point <= digits:
        return f"{sign}{figures[0]}.{figures[1:] or '0'}E{point - 1:+d}"
    if point <= 0:
        return f"{sign}0.{'0' * -point}{figures}"
    whole, rest = figures[:point].ljust(point, "0"), figures[point:]
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def _decimal(text: str) -> tuple[str, str, int]:
    """Split a number into sign, significant figures and the place of the point before them; zero is figure 0."""
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    mantissa, _, power = text.partition("e")
    whole, _, rest = mantissa.partition(".")
    figures = (whole + rest).lstrip("0")
    if not figures:
        return sign, "0", 1
    point = len(whole) + int(power or 0) - (len(whole + rest) - len(figures))
    return sign, figures.rstrip("0"), point
