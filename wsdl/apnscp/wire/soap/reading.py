"""Read elements as PHP values, as PHP's own server does (docs/wire.md, "Reading requests")."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

from apnscp.wire.errors import SERVER, WireError, bad_request
from apnscp.wire.soap.arrays_12 import ARRAY_SIZES, ITEM_TYPES, in_soap_11
from apnscp.wire.soap.budget import ARRAY, MAP, STRUCT, Budget, ElementType
from apnscp.wire.soap.grid import Grid
from apnscp.wire.soap.kinds import DEPTH_LIMIT, Value
from apnscp.wire.soap.names import ENCODING, ENCODING_12, INSTANCE
from apnscp.wire.soap.scalars import violation
from apnscp.wire.soap.text import php_key

_INSTANCE: Final = (
    INSTANCE,
    "http://www.w3.org/2000/10/XMLSchema-instance",
    "http://www.w3.org/1999/XMLSchema-instance",
)
_TYPE, _NIL, _HREF, _ARRAY_TYPE, _REF, _ARRAY_12 = "type", "nil", "href", "arrayType", "ref", "arraySize"
_OFFSET: Final = f"{{{ENCODING}}}offset"
_POSITION: Final = f"{{{ENCODING}}}position"
_PLACE: Final = re.compile(r"[^0-9]*([0-9]{1,9})")
_ATTRIBUTES: Final = {
    **{f"{{{namespace}}}type": _TYPE for namespace in _INSTANCE},
    **{f"{{{namespace}}}{name}": _NIL for namespace in _INSTANCE for name in ("nil", "null")},
    "nil": _NIL,
    "href": _HREF,
    f"{{{ENCODING}}}arrayType": _ARRAY_TYPE,
    "arrayType": _ARRAY_TYPE,
    f"{{{ENCODING_12}}}ref": _REF,
    **dict.fromkeys((*ITEM_TYPES, *ARRAY_SIZES), _ARRAY_12),
}


def local_name(element: etree._Element) -> str:
    """Return the name of an element without namespace or prefix, even a prefix that is not declared."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def read(element: etree._Element, budget: Budget | None = None) -> Value:
    """Read one element as PHP's server does.

    element: parsed without comments and processing instructions, as `envelope.parse` does
    budget: shared by the parts of one document; a new one when left out
    Raises WireError when a text does not fit its type, when a reference leads nowhere or back to itself, and when the
    budget or the limit of 100 levels is exceeded.
    """
    value: Value = _read(element, budget or Budget(), 0, None)
    return value


def _read(element: etree._Element, budget: Budget, depth: int, default: ElementType) -> Any:
    budget.spend()
    declared, array_type = default, ""
    attributes: list[tuple[str, str]] = element.items()  # type: ignore[assignment]
    for name, text in attributes:
        role = _ATTRIBUTES.get(name)
        if role is _TYPE:
            declared = budget.element_type(element, text)
        elif role is _NIL:
            return None
        elif role is _HREF:
            return _referenced(element, budget, depth, text)
        elif role is _ARRAY_TYPE:
            array_type = text
        elif role is _REF:
            return _referenced(element, budget, depth, text, soap_12=True)
        elif role is _ARRAY_12:
            array_type = array_type or _array_type(element)
    if callable(declared):
        if len(element):
            raise violation()
        return declared(budget.copied(element.text or ""))
    if depth >= DEPTH_LIMIT and len(element):
        raise _too_deep()
    if declared is MAP:
        return _map(element, budget, depth + 1)
    if declared is ARRAY or (array_type and declared is not STRUCT):
        return _array(element, budget, depth + 1, array_type)
    if len(element):
        return _structure(element, budget, depth + 1, declared is STRUCT)
    return {} if declared is STRUCT else budget.copied(element.text or "")


def _too_deep() -> WireError:
    return bad_request(f"values are nested more than {DEPTH_LIMIT} levels deep")


def is_empty(element: etree._Element) -> bool:
    """Tell whether an element has neither content nor a type; to PHP it is null unless text is wanted."""
    return not (len(element) or element.text or any(_ATTRIBUTES.get(str(name)) for name in element.attrib))


def _referenced(element: etree._Element, budget: Budget, depth: int, reference: str, *, soap_12: bool = False) -> Any:
    if depth >= DEPTH_LIMIT:
        raise _too_deep()
    target = budget.follow_12(element, reference) if soap_12 else budget.follow(element, reference)
    budget.enter(reference)
    value = _read(target, budget, depth + 1, None)
    budget.leave(reference)
    return value


def _array(element: etree._Element, budget: Budget, depth: int, array_type: str) -> list[Any] | dict[int | str, Any]:
    """Read an array: a list, or a map by index where `offset` or `position` leave gaps or change the order."""
    kind, dimension, sizes = array_type.rpartition("[")
    default = budget.element_type(element, kind if dimension else array_type) if array_type else None
    offset = element.get(_OFFSET)
    if "," in sizes:
        return _grid(element, budget, depth, default, Grid(sizes, offset))
    if offset is None and all(item.get(_POSITION) is None for item in element):
        return [_read(item, budget, depth, default) for item in element]
    found: dict[int | str, Any] = {}
    place = _place(offset)
    for item in element:
        position = item.get(_POSITION)
        place = place if position is None else _place(position)
        found[place] = _read(item, budget, depth, default)
        place += 1
    return list(found.values()) if list(found) == list(range(len(found))) else found


def _grid(
    element: etree._Element, budget: Budget, depth: int, default: ElementType, grid: Grid
) -> list[Any] | dict[int | str, Any]:
    depth += grid.dimensions
    if depth > DEPTH_LIMIT:
        raise _too_deep()
    for item in element:
        budget.spend(grid.dimensions)
        grid.put(_read(item, budget, depth, default), item.get(_POSITION))
    return grid.value()


def _array_type(element: etree._Element) -> str:
    """Return for an array of SOAP 1.2 what SOAP 1.1 would call its type."""
    item_type = next(filter(None, map(element.get, ITEM_TYPES)), "")
    return in_soap_11(item_type, next(filter(None, map(element.get, ARRAY_SIZES)), ""))


def _place(text: str | None) -> int:
    """Return the first number of an `offset` or `position` such as `[3]`, 0 without one."""
    number = _PLACE.match(text or "")
    return int(number[1]) if number else 0


def _map(element: etree._Element, budget: Budget, depth: int) -> dict[int | str, Any]:
    found: dict[int | str, Any] = {}
    for item in element:
        key = value = None
        for child in item:
            name = local_name(child)
            if name == "key" and key is None:
                key = child
            elif name == "value" and value is None:
                value = child
        if key is None and value is None and local_name(item) != "item":
            budget.spend()
            continue
        if key is None or value is None:
            raise _undecodable("missing key" if key is None else "missing value")
        budget.spend()
        found[_key(_read(key, budget, depth, None))] = _read(value, budget, depth, None)
    return found


def _key(key: Any) -> int | str:
    if type(key) not in (str, int):
        raise _undecodable("only Strings or Longs are allowed as keys")
    return php_key(key)


def _undecodable(reason: str) -> WireError:
    return WireError(f"SOAP-ERROR: Encoding: Can't decode apache map, {reason}", SERVER)


def _structure(element: etree._Element, budget: Budget, depth: int, struct: bool) -> list[Any] | dict[int | str, Any]:
    """Read an element of unknown structure, which stacks such as node-soap send for objects."""
    names = [local_name(child) for child in element]
    if not struct and set(names) == {"item"}:
        if all(_is_pair(item) for item in element):
            return _map(element, budget, depth)
        return [_read(item, budget, depth, None) for item in element]
    if not struct and _repeats_part(element, names, depth):
        return [_read(child, budget, depth, None) for child in element]
    found: dict[int | str, Any] = {}
    repeated: set[int | str] = set()
    for name, child in zip(names, element, strict=True):
        key, value = php_key(name), _read(child, budget, depth, None)
        if key not in found:
            found[key] = value
        elif key in repeated:
            found[key].append(value)
        else:
            repeated.add(key)
            found[key] = [found[key], value]
    return found


def _repeats_part(element: etree._Element, names: list[str], depth: int) -> bool:
    """Tell whether all children have the name of their part, which is how node-soap sends an array.

    depth: 1 for the part itself; below that, every element down from the part has that name, as in an array of arrays
    """
    name = local_name(element)
    if set(names) != {name}:
        return False
    parents = (parent for _, parent in zip(range(depth - 1), element.iterancestors(), strict=False))
    return all(local_name(parent) == name for parent in parents)


def _is_pair(item: etree._Element) -> bool:
    return len(item) == 2 and not item.attrib and {local_name(item[0]), local_name(item[1])} == {"key", "value"}
