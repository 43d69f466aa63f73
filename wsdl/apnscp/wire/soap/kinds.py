"""PHP values in Python, and the names of their types on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.text import php_key

DEPTH_LIMIT: Final = 100
"""Levels of nesting that are read or written; a value that contains itself ends here."""

_MAP: Final = "ns2:Map"
_ARRAY: Final = "SOAP-ENC:Array"
_MIXED: Final = "xsd:ur-type"


class Rows:
    """A map given as pairs, which can be read once and are written while they are read.

    pairs: (key, value) pairs, such as a generator over database rows. Without any pair it is the empty array, otherwise
        always a Map, even with the keys 0, 1, 2.
    """

    __slots__ = ("_pairs",)
    KIND: Final = "MAP"

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        """Keep the pairs; nothing is read yet."""
        self._pairs: Iterator[tuple[Any, Any]] = iter(pairs)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Return the iterator over the pairs that were not read yet."""
        return self._pairs


class Shape:
    """The keys that many maps have in common, so that only their values have to be written for each.

    keys: nested keys in order; each leaf is an index into the values, as in `{"siteinfo": {"email": 0}, "active": 1}`
    """

    __slots__ = ("keys", "written")

    def __init__(self, keys: Mapping[str, Any]) -> None:
        """Keep the keys; the text between the values is made when it is first needed."""
        self.keys = keys
        self.written: tuple[tuple[str, int], ...] | None = None


class Shaped:
    """A map of a known shape.

    leaves: its values, one for each index in the shape
    """

    __slots__ = ("leaves", "shape")

    def __init__(self, shape: Shape, leaves: Sequence[Any]) -> None:
        """Keep the values."""
        self.shape = shape
        self.leaves = leaves

    def plain(self) -> dict[str, Any]:
        """Return it as an ordinary map."""
        return _filled(self.shape.keys, self.leaves)


def _filled(keys: Mapping[str, Any], leaves: Sequence[Any]) -> dict[str, Any]:
    return {name: leaves[at] if isinstance(at, int) else _filled(at, leaves) for name, at in keys.items()}


Value: TypeAlias = "bool | int | float | str | bytes | Sequence[Any] | Mapping[Any, Any] | Rows | Shaped | None"
"""A value that a call takes or returns; an array read from the wire is always a plain list or dict."""

_SCALARS: Final[dict[type, str]] = {
    str: "xsd:string",
    bytes: "xsd:string",
    int: "xsd:int",
    float: "xsd:float",
    bool: "xsd:boolean",
    type(None): "xsi:nil",
    Rows: _MAP,
    Shaped: _MAP,
}
_PLAIN: Final[dict[type, Any]] = {str: str.__str__, int: int.__int__, float: float.__float__}


def plain(value: object) -> Value:
    """Return the plain value for one of a subclass, such as an enumeration, a defaultdict or a mapping proxy.

    Raises WireError when PHP has no such value: nothing is guessed for a Decimal or a datetime.
    """
    for kind, convert in _PLAIN.items():
        if isinstance(value, kind):
            converted: Value = convert(value)
            return converted
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, bytes | bytearray):
        return bytes(value)
    raise WireError(f"A value of type {type(value).__name__} cannot be written", SERVER)


def is_list(value: Mapping[Any, object]) -> bool:
    """Tell whether a map is a list in PHP: without keys, or with 0, 1, 2 ... in order, as integers or as text."""
    for key in value:
        if key != 0 and key != "0":
            return False
        break
    return all(php_key(key) == place for place, key in enumerate(value))


def kind_of(value: object) -> str:
    """Return the type of a value as PHP names it in an arrayType, such as `xsd:int` or `ns2:Map`."""
    kind = type(value)
    if kind is dict:
        return _ARRAY if is_list(value) else _MAP  # type: ignore[arg-type]
    if kind is list or kind is tuple:
        return _ARRAY
    return _SCALARS.get(kind) or kind_of(plain(value))


def array_kind(items: Sequence[object]) -> str:
    """Return the type that all items have, else `xsd:ur-type`.

    To PHP true and false are two types: [true, false] is mixed, [true, true] is not.
    """
    types = set(map(type, items))
    if len(types) == 1 and not types & _VARIED:
        (only,) = types
        if only in _SCALARS:
            return _SCALARS[only]
    kinds = {kind_of(item) for item in items}
    if kinds == {"xsd:boolean"} and any(items) != all(items):
        return _MIXED
    return kinds.pop() if len(kinds) == 1 else _MIXED


_VARIED: Final = {bool, dict}
