"""Write values by the schema of the literal face, as joined strings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.kinds import Rows, Shaped, Value, is_list, plain
from apnscp.wire.soap.literal.schema import BOOLEAN, DEPTH_LIMIT, DOUBLE, LIST, LONG, MAP, STRING, Field
from apnscp.wire.soap.text import escape, php_float, php_int, php_key, text_of_bytes

_INT64: Final = range(-(2**63), 2**63)
_SCALARS: Final = (str, int, float, bytes)


def write(field: Field, value: Value, prefix: str) -> str:
    """Write one element by its kind.

    value: a lazy one is read to its end here
    prefix: of the namespace of the element; elements inside it have none, since the namespace of values is the default
    Raises WireError when the value is not of that kind, and when it is nested deeper than the limit.
    """
    if type(value) is Shaped:
        value = value.plain()
    tag = f"{prefix}:{field.element}"
    if value is None:
        return f'<{tag} xsi:nil="true"/>'
    out: list[str] = [f"<{tag}>"]
    if field.kind in _CONTAINERS:
        _CONTAINERS[field.kind](out, value)
    elif field.kind in _TEXTS:
        out.append(_TEXTS[field.kind](value))
    else:
        _value(out, value, 0)
    out.append(f"</{tag}>")
    return "".join(out)


def _value(out: list[str], value: Any, depth: int) -> None:
    """Append the one element that a Value has."""
    kind = type(value)
    if kind is str:
        out.append(f"<string>{escape(value)}</string>")
    elif kind is bool:
        out.append("<boolean>true</boolean>" if value else "<boolean>false</boolean>")
    elif kind is int:
        out.append(f"<int>{value}</int>" if value in _INT64 else f"<double>{_lexical(_as_float(value))}</double>")
    elif kind is float:
        out.append(f"<double>{_lexical(value)}</double>")
    elif kind is list or kind is tuple:
        _list(out, value, depth)
    elif kind is dict and is_list(value):
        _list(out, value.values(), depth)
    elif kind is dict:
        _map(out, value.items(), depth)
    elif kind is Rows:
        _rows(out, value, depth)
    elif kind is Shaped:
        _value(out, value.plain(), depth)
    elif kind is bytes:
        out.append(f"<string>{escape(text_of_bytes(value))}</string>")
    else:
        _value(out, plain(value), depth)


def _list(out: list[str], items: Iterable[Any], depth: int) -> None:
    out.append("<list>")
    _items(out, items, depth)
    out.append("</list>")


def _map(out: list[str], pairs: Iterable[tuple[Any, Any]], depth: int) -> None:
    out.append("<map>")
    _entries(out, pairs, depth)
    out.append("</map>")


def _rows(out: list[str], rows: Rows, depth: int) -> None:
    """Append a lazy map; without any pair it is the empty array."""
    start = len(out)
    _map(out, rows, depth)
    if len(out) == start + 2:
        out[start:] = ["<list></list>"]


def _items(out: list[str], items: Iterable[Any], depth: int) -> None:
    _check(depth)
    for item in items:
        _named(out, "item", item, depth)


def _entries(out: list[str], pairs: Iterable[tuple[Any, Any]], depth: int) -> None:
    _check(depth)
    for key, value in pairs:
        out.append(f"<entry><key>{escape(str(php_key(key)))}</key>")
        _named(out, "value", value, depth)
        out.append("</entry>")


def _named(out: list[str], name: str, value: Any, depth: int) -> None:
    if value is None:
        out.append(f'<{name} xsi:nil="true"/>')
        return
    out.append(f"<{name}>")
    _value(out, value, depth + 1)
    out.append(f"</{name}>")


def _check(depth: int) -> None:
    if depth >= DEPTH_LIMIT:
        raise WireError(
            f"A value nested more than {DEPTH_LIMIT} levels deep cannot be written here; /soap takes more", SERVER
        )


def _only_items(out: list[str], value: Any) -> None:
    """Append what a ValueList holds; of a map its values, as a PHP array has both."""
    _items(out, value.values() if isinstance(value, dict) else _contained(value, (list, tuple), LIST), 0)


def _only_entries(out: list[str], value: Any) -> None:
    """Append what a ValueMap holds; of a list its items by place."""
    if isinstance(value, list | tuple):
        value = dict(enumerate(value))
    _entries(out, value.items() if isinstance(value, dict) else _contained(value, (Rows,), MAP), 0)


def _contained(value: Any, kinds: tuple[type, ...], wanted: str) -> Any:
    found = value if isinstance(value, kinds) else plain(value)
    if isinstance(found, dict) and Rows in kinds:
        return found.items()
    if not isinstance(found, kinds):
        raise _unfit(value, wanted)
    return found


def _string(value: Any) -> str:
    """Return the text of a scalar, as PHP makes text of it."""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float):
        return php_float(value)
    if isinstance(value, int):
        return php_int(value)
    if isinstance(value, bytes):
        return escape(text_of_bytes(value))
    if isinstance(value, str):
        return escape(value)
    raise _unfit(value, STRING)


def _long(value: Any) -> str:
    if isinstance(value, int | float) and value == value and int(value) == value and int(value) in _INT64:
        return str(int(value))
    raise _unfit(value, LONG)


def _double(value: Any) -> str:
    if isinstance(value, int | float):
        return _lexical(_as_float(value))
    raise _unfit(value, DOUBLE)


def _boolean(value: Any) -> str:
    if isinstance(value, _SCALARS):
        return "true" if value else "false"
    raise _unfit(value, BOOLEAN)


def _as_float(value: float) -> float:
    """Return a number as a float; one that is larger than any is infinite, as in PHP."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _lexical(value: float) -> str:
    """Return a float as XML Schema writes it."""
    if value != value:
        return "NaN"
    if value - value != 0.0:
        return "INF" if value > 0 else "-INF"
    return repr(value)


def _unfit(value: object, wanted: str) -> WireError:
    found = type(value).__name__
    return WireError(
        f"The method answered a value of type {found} where its description has {wanted}; /soap takes any", SERVER
    )


_TEXTS: Final[dict[str, Callable[[Any], str]]] = {STRING: _string, LONG: _long, DOUBLE: _double, BOOLEAN: _boolean}
_CONTAINERS: Final[dict[str, Callable[[list[str], Any], None]]] = {LIST: _only_items, MAP: _only_entries}
