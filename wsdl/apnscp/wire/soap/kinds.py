"""What a PHP value is in Python, and what a list of them is called on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.text import php_key

DEPTH_LIMIT: Final = 100
"""Levels of values inside values, read or written; a value that holds itself ends here."""

MAP: Final = "ns2:Map"
ARRAY: Final = "SOAP-ENC:Array"
MIXED: Final = "xsd:ur-type"


class Rows:
    """Hold a map as pairs that are written as they are read, once.

    pairs: (key, value) pairs, such as a generator over database rows. No pair at all is the empty array; the rest is
    always a Map, also with the keys 0, 1, 2.
    """

    __slots__ = ("_pairs",)
    KIND: Final = "MAP"

    def __init__(self, pairs: Iterable[tuple[Any, Any]]) -> None:
        """Take the pairs; nothing is read yet."""
        self._pairs: Iterator[tuple[Any, Any]] = iter(pairs)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        """Yield the pairs that were not yet read."""
        return self._pairs


class Shape:
    """The keys of maps that all look alike, so that a thousand of them are written from their values alone.

    keys: nested keys in order, each leaf a place in the tuple of values: `{"siteinfo": {"email": 0}, "active": 1}'
    """

    __slots__ = ("keys", "written")

    def __init__(self, keys: Mapping[str, Any]) -> None:
        """Keep the keys; what is written between the values is worked out at the first use."""
        self.keys = keys
        self.written: tuple[tuple[str, int], ...] | None = None


class Shaped:
    """A map of a known shape: the values of its leaves.

    leaves: one value per place in the shape
    """

    __slots__ = ("leaves", "shape")

    def __init__(self, shape: Shape, leaves: Sequence[Any]) -> None:
        """Hold the values."""
        self.shape = shape
        self.leaves = leaves

    def plain(self) -> dict[str, Any]:
        """Return the same as a map."""
        return _filled(self.shape.keys, self.leaves)


def _filled(keys: Mapping[str, Any], leaves: Sequence[Any]) -> dict[str, Any]:
    return {name: leaves[at] if isinstance(at, int) else _filled(at, leaves) for name, at in keys.items()}


Value: TypeAlias = "bool | int | float | str | bytes | Sequence[Any] | Mapping[Any, Any] | Rows | Shaped | None"
"""What a call takes and gives; read from the wire, an array is always a plain list or dict."""

_SCALARS: Final[dict[type, str]] = {
    str: "xsd:string",
    bytes: "xsd:string",
    int: "xsd:int",
    float: "xsd:float",
    bool: "xsd:boolean",
    type(None): "xsi:nil",
    Rows: MAP,
    Shaped: MAP,
}
_PLAIN: Final[dict[type, Any]] = {str: str.__str__, int: int.__int__, float: float.__float__}


def plain(value: object) -> Value:
    """Turn a value of a subclass (an enumeration, a defaultdict, a mapping proxy) into the plain value PHP would have.

    Raise WireError naming the type where there is none: a Decimal or datetime is never guessed at.
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
    """Tell whether a map is a list in PHP: no keys, or 0, 1, 2 ... in order, as integers or as text."""
    for key in value:
        if key != 0 and key != "0":
            return False
        break
    return all(php_key(key) == place for place, key in enumerate(value))


def kind_of(value: object) -> str:
    """Name the kind of a value as PHP does in an arrayType, such as `xsd:int' or `ns2:Map'."""
    kind = type(value)
    if kind is dict:
        return ARRAY if is_list(value) else MAP  # type: ignore[arg-type]
    if kind is list or kind is tuple:
        return ARRAY
    return _SCALARS.get(kind) or kind_of(plain(value))


def array_kind(items: Sequence[object]) -> str:
    """Name the kind that all items share, else `xsd:ur-type'.

    To PHP true and false are two kinds: [true, false] is mixed, [true, true] is not.
    """
    types = set(map(type, items))
    if len(types) == 1 and not types & _VARIED:
        (only,) = types
        if only in _SCALARS:
            return _SCALARS[only]
    kinds = {kind_of(item) for item in items}
    if kinds == {"xsd:boolean"} and any(items) != all(items):
        return MIXED
    return kinds.pop() if len(kinds) == 1 else MIXED


_VARIED: Final = {bool, dict}
