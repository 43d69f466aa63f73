"""Read values by the schema of the literal face."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from apnscp.wire.errors import WireError, bad_request
from apnscp.wire.soap.budget import Budget
from apnscp.wire.soap.literal.schema import DEPTH_LIMIT, LIST, MAP, VALUE
from apnscp.wire.soap.names import INSTANCE
from apnscp.wire.soap.reading import local_name
from apnscp.wire.soap.scalars import number
from apnscp.wire.soap.text import php_key

_NIL: Final = f"{{{INSTANCE}}}nil"
_TRUE: Final = frozenset({"true", "1"})
_BOOLEANS: Final = {"true": True, "1": True, "false": False, "0": False}
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,40}\Z")
_INT64: Final = range(-(2**63), 2**63)
_SPACE: Final = " \t\r\n"


def read(element: etree._Element, kind: str, budget: Budget) -> Any:
    """Read a parameter.

    kind: a key of `schema.TYPES`. A strict scalar is returned as its text, for the method says what becomes of it; the
        kinds of containers are returned as list or dict, any value as what it is.
    Raises WireError when the element does not follow the schema, and when the budget or the limit of nesting is exceeded.
    """
    return _Reader(local_name(element), budget).read(element, kind, 0)


class _Reader:
    """Reads one parameter, whose name its errors tell."""

    def __init__(self, parameter: str, budget: Budget) -> None:
        self._parameter = parameter
        self._budget = budget
        self._choices: dict[str, Callable[[etree._Element, int], Any]] = {
            "string": lambda element, depth: self._text(element),
            "int": lambda element, depth: self._int(element),
            "double": lambda element, depth: self._double(element),
            "boolean": lambda element, depth: self._boolean(element),
            "null": lambda element, depth: self._null(element),
            "list": self._list,
            "map": self._map,
        }

    def read(self, element: etree._Element, kind: str, depth: int) -> Any:
        self._budget.spend()
        if element.get("href") is not None:
            raise self._wrong("has a reference (href), which belongs to the encoding of /soap")
        if element.get(_NIL, "").strip(_SPACE) in _TRUE:
            return None
        if kind == VALUE:
            return self._value(element, depth)
        if kind == LIST:
            return self._list(element, depth)
        return self._map(element, depth) if kind == MAP else self._text(element)

    def _value(self, element: etree._Element, depth: int) -> Any:
        """Read a Value; one without content is null, since some stacks write nothing so."""
        self._no_text(element)
        if not len(element):
            return None
        if len(element) > 1:
            raise self._wrong(f"has {len(element)} elements where a Value has one")
        (chosen,) = element
        self._budget.spend()
        name = local_name(chosen)
        if name not in self._choices:
            raise self._wrong(f"has <{name[:64]}> where a Value has one of {_NAMES}")
        return self._choices[name](chosen, depth)

    def _list(self, element: etree._Element, depth: int) -> list[Any]:
        return [self.read(item, VALUE, depth + 1) for item in self._children(element, "item", depth)]

    def _map(self, element: etree._Element, depth: int) -> dict[int | str, Any]:
        found: dict[int | str, Any] = {}
        for entry in self._children(element, "entry", depth):
            self._budget.spend()
            parts = {local_name(part): part for part in entry}
            if "key" not in parts:
                raise self._wrong("has an <entry> without <key>")
            key = php_key(self._text(parts["key"]))
            found[key] = self.read(parts["value"], VALUE, depth + 1) if "value" in parts else None
        return found

    def _children(self, element: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
        self._no_text(element)
        if depth >= DEPTH_LIMIT and len(element):
            raise self._wrong(f"is nested more than {DEPTH_LIMIT} levels deep")
        for child in element:
            if local_name(child) != name:
                raise self._wrong(f"has <{local_name(child)[:64]}> where <{name}> belongs")
            yield child

    def _no_text(self, element: etree._Element) -> None:
        texts = [element.text, *(child.tail for child in element)]
        if any(text and text.strip(_SPACE) for text in texts):
            raise self._wrong(f"has text in <{local_name(element)}>; put it into one of {_NAMES}")

    def _text(self, element: etree._Element) -> str:
        self._budget.spend()
        if len(element):
            raise self._wrong(f"has elements in <{local_name(element)}> where text belongs")
        return element.text or ""

    def _int(self, element: etree._Element) -> int:
        text = self._text(element).strip(_SPACE)
        if not _WHOLE.match(text) or int(text) not in _INT64:
            raise self._wrong("has an <int> that is not a whole number of 64 bits")
        return int(text)

    def _double(self, element: etree._Element) -> float:
        try:
            found = number(self._text(element))
        except WireError:
            found = None
        if found is None:
            raise self._wrong("has a <double> that is not a number")
        return found

    def _boolean(self, element: etree._Element) -> bool:
        found = _BOOLEANS.get(self._text(element).strip(_SPACE))
        if found is None:
            raise self._wrong("has a <boolean> that is not one of true, false, 1 and 0")
        return found

    def _null(self, element: etree._Element) -> None:
        if len(element) or (element.text or "").strip(_SPACE):
            raise self._wrong("has a <null> with content")

    def _wrong(self, what: str) -> WireError:
        return bad_request(f"parameter `{self._parameter}' {what}")


_NAMES: Final = "<string>, <int>, <double>, <boolean>, <null>, <list> and <map>"
