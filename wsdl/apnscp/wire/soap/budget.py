"""Limits on the work that one document may cause, and the look-up of its types and references."""

from __future__ import annotations

from typing import Final

from lxml import etree

from apnscp.wire.errors import SERVER, WireError, bad_request
from apnscp.wire.soap import names
from apnscp.wire.soap.scalars import ANY, DECODERS, Decoder

NODE_LIMIT: Final = 50_000
"""Elements of one request that are read, counting those behind references each time."""

REFERENCED_TEXT_LIMIT: Final = 1_000_000
"""Characters that are read behind references."""

MAP: Final = "map"
ARRAY: Final = "array"
STRUCT: Final = "struct"
UNTYPED: Final = "untyped"

_SIMPLE: Final = frozenset(
    {
        names.SCHEMA,
        "http://www.w3.org/2000/10/XMLSchema",
        "http://www.w3.org/1999/XMLSchema",
        names.ENCODING,
        names.ENCODING_12,
    }
)
_COMPOUND: Final = {
    (names.APACHE, "Map"): MAP,
    (names.ENCODING, "Array"): ARRAY,
    (names.ENCODING, "Struct"): STRUCT,
    (names.ENCODING_12, "Array"): ARRAY,
    (names.ENCODING_12, "Struct"): STRUCT,
}
_ID_12: Final = f"{{{names.ENCODING_12}}}id"
_IDS: Final = ("id", "ID", f"{{{names.ENCODING}}}id", _ID_12)

ElementType = str | Decoder | None
"""How an element is read: one of the words above, a function for its text, or None for an unknown type."""


class Budget:
    """Limits the work of reading one document, and caches what was looked up in it.

    nodes: elements that may still be read
    text: characters that may still be read behind references
    flat: all namespaces are declared on the root, so that a type means the same everywhere
    """

    __slots__ = ("_ids", "_ids_12", "_known", "_open", "nodes", "text")

    def __init__(self, nodes: int = NODE_LIMIT, text: int = REFERENCED_TEXT_LIMIT, *, flat: bool = False) -> None:
        """Set the limits."""
        self.nodes = nodes
        self.text = text
        self._ids: dict[str, etree._Element] | None = None
        self._ids_12: dict[str, etree._Element] | None = None
        self._open: set[str] = set()
        self._known: dict[str, ElementType] | None = {} if flat else None

    def spend(self, nodes: int = 1) -> None:
        """Count nodes.

        Raises WireError when there are more than the limit.
        """
        self.nodes -= nodes
        if self.nodes < 0:
            raise bad_request("the document has too many elements")

    def element_type(self, element: etree._Element, type_text: str) -> ElementType:
        """Return how an element of a type such as `xsd:int` is read, None when the type or its prefix is unknown."""
        if self._known is None:
            return self._resolve(element, type_text)
        if type_text not in self._known:
            self._known[type_text] = self._resolve(element, type_text)
        return self._known[type_text]

    def _resolve(self, element: etree._Element, type_text: str) -> ElementType:
        prefix, colon, name = type_text.strip().rpartition(":")
        namespaces = element.nsmap
        self.spend(len(namespaces) >> 5)
        namespace = namespaces.get(prefix if colon else None, "")
        if namespace in _SIMPLE:
            if name in DECODERS:
                return DECODERS[name]
            if name in ANY:
                return UNTYPED
        return _COMPOUND.get((namespace, name))

    def follow(self, element: etree._Element, reference: str) -> etree._Element:
        """Return the element that an `href` refers to.

        Raises WireError when there is none.
        """
        if self._ids is None:
            self._ids = _named(element, *_IDS)
        found = self._ids.get(reference[1:]) if reference.startswith("#") else None
        if found is None:
            raise _unresolved(reference)
        return found

    def follow_12(self, element: etree._Element, reference: str) -> etree._Element:
        """Return the element that an `enc:ref` of SOAP 1.2 refers to.

        Raises WireError when there is none, and when it is the element itself.
        """
        if self._ids_12 is None:
            self._ids_12 = _named(element, _ID_12)
        found = self._ids_12.get(reference.removeprefix("#"))
        if found is None:
            raise _unresolved(reference)
        if found is element:
            raise WireError(
                f"SOAP-ERROR: Encoding: Violation of id and ref information items '{reference[:80]}'", SERVER
            )
        return found

    def enter(self, reference: str) -> None:
        """Start reading behind a reference.

        Raises WireError when it leads back to itself.
        """
        if reference in self._open:
            raise bad_request(f"the reference '{reference[:80]}' leads back to itself")
        self._open.add(reference)

    def leave(self, reference: str) -> None:
        """End reading behind a reference."""
        self._open.discard(reference)

    def copied(self, text: str) -> str:
        """Return the text, and count it when it stands behind a reference.

        Raises WireError when the references add up to more than the limit.
        """
        if self._open:
            self.text -= len(text)
            if self.text < 0:
                raise bad_request("the references copy too much text")
        return text


def _named(element: etree._Element, *attributes: str) -> dict[str, etree._Element]:
    """Return the elements of a whole document that have one of these attributes, by what it says."""
    found: dict[str, etree._Element] = {}
    for named in element.getroottree().getroot().iter("*"):
        name = next(filter(None, map(named.get, attributes)), None)
        if name:
            found.setdefault(name, named)
    return found


def _unresolved(reference: str) -> WireError:
    return WireError(f"SOAP-ERROR: Encoding: Unresolved reference '{reference[:80]}'", SERVER)
