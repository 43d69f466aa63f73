"""What reading one document may cost, and what is looked up in it: types, references."""

from __future__ import annotations

from typing import Final

from lxml import etree

from apnscp.wire.errors import WireError, bad_request
from apnscp.wire.soap.scalars import ANY, DECODERS, Decoder

NODE_LIMIT: Final = 50_000
"""Elements that one request may make the reader visit, those behind references included."""

REFERENCED_TEXT_LIMIT: Final = 1_000_000
"""Characters that references may copy."""

SOAP_ENC: Final = "http://schemas.xmlsoap.org/soap/encoding/"
MAP: Final = "map"
ARRAY: Final = "array"
STRUCT: Final = "struct"
UNTYPED: Final = "untyped"

_TYPES: Final = frozenset(
    {
        "http://www.w3.org/2001/XMLSchema",
        "http://www.w3.org/2000/10/XMLSchema",
        "http://www.w3.org/1999/XMLSchema",
        SOAP_ENC,
    }
)
_COMPOUND: Final = {
    ("http://xml.apache.org/xml-soap", "Map"): MAP,
    (SOAP_ENC, "Array"): ARRAY,
    (SOAP_ENC, "Struct"): STRUCT,
}

Shape = str | Decoder | None
"""How an element is read: one of the words above, a function for its text, or None for an unknown type."""


class Budget:
    """Bound what reading one document may cost, and remember what was looked up in it.

    nodes: elements that may be visited
    text: characters that references may copy
    flat: all namespaces are declared on the root, so that a type means the same everywhere
    """

    __slots__ = ("_ids", "_open", "_shapes", "nodes", "text")

    def __init__(self, nodes: int = NODE_LIMIT, text: int = REFERENCED_TEXT_LIMIT, *, flat: bool = False) -> None:
        """Start with nothing spent."""
        self.nodes = nodes
        self.text = text
        self._ids: dict[str, etree._Element] | None = None
        self._open: set[str] = set()
        self._shapes: dict[str, Shape] | None = {} if flat else None

    def spend(self, nodes: int = 1) -> None:
        """Take nodes from the budget; raise WireError when it is used up."""
        self.nodes -= nodes
        if self.nodes < 0:
            raise bad_request("the document has too many elements")

    def shape(self, element: etree._Element, type_text: str) -> Shape:
        """Say how an element of a type such as `xsd:int' is read: None where the type is unknown or unbound."""
        if self._shapes is None:
            return self._resolve(element, type_text)
        if type_text not in self._shapes:
            self._shapes[type_text] = self._resolve(element, type_text)
        return self._shapes[type_text]

    def _resolve(self, element: etree._Element, type_text: str) -> Shape:
        prefix, colon, name = type_text.strip().rpartition(":")
        namespaces = element.nsmap
        self.spend(len(namespaces) >> 5)
        namespace = namespaces.get(prefix if colon else None, "")
        if namespace in _TYPES:
            if name in DECODERS:
                return DECODERS[name]
            if name in ANY:
                return UNTYPED
        return _COMPOUND.get((namespace, name))

    def follow(self, element: etree._Element, reference: str) -> etree._Element:
        """Find the element that an `href' names; raise WireError where there is none."""
        if self._ids is None:
            self._ids = {}
            for named in element.getroottree().getroot().iter("*"):
                if name := named.get("id") or named.get("ID"):
                    self._ids.setdefault(name, named)
        found = self._ids.get(reference[1:]) if reference.startswith("#") else None
        if found is None:
            raise WireError(f"SOAP-ERROR: Encoding: Unresolved reference '{reference[:80]}'")
        return found

    def enter(self, reference: str) -> None:
        """Start reading behind a reference; raise WireError where it leads back to itself."""
        if reference in self._open:
            raise bad_request(f"the reference '{reference[:80]}' leads back to itself")
        self._open.add(reference)

    def leave(self, reference: str) -> None:
        """End reading behind a reference."""
        self._open.discard(reference)

    def copied(self, text: str) -> str:
        """Count text that is read behind a reference."""
        if self._open:
            self.text -= len(text)
            if self.text < 0:
                raise bad_request("the references copy too much text")
        return text
