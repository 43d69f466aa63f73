"""A request as received: its operation, and its parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from lxml import etree

from apnscp.wire.soap import names
from apnscp.wire.soap.budget import Budget
from apnscp.wire.soap.reading import is_empty, local_name, read
from apnscp.wire.soap.structure import Structure, require_understood
from apnscp.wire.soap.version import Version

_EMPTY_IS_NIL: Final = frozenset({"int", "boolean", "double"})


class Request:
    """A request as received.

    name: local name of the first element in Body, as sent
    namespace: its namespace, empty when it has none
    operation: the canonical name, such as `admin_edit_site`, however it was spelled
    version: of SOAP, in which it is to be answered
    """

    __slots__ = ("_budget", "_header", "body", "element", "name", "namespace", "operation", "version")

    def __init__(self, found: Structure, element: etree._Element, budget: Budget) -> None:
        """Find the name of the operation; the parts are read later."""
        self.version: Version = found.version
        self._header = found.header
        self._budget = budget
        self.body = found.body
        self.element = element
        tag = str(element.tag)
        self.name = local_name(element)
        self.namespace = tag[1:].partition("}")[0] if tag.startswith("{") else ""
        self.operation = names.operation(self.name, self.namespace)

    def parts(self, wanted: Sequence[str], types: Sequence[str] = (), absent: object = None) -> list[Any]:
        """Read the parts of an operation.

        wanted: names of the declared parts, in order. Parts are matched by local name in any order, then regardless of
            case; if no name matches at all, by position. Extra and repeated parts are ignored.
        types: their declared types, if known. As in PHP, an empty part without a type of its own is nil when a number or
            a boolean is declared, otherwise the empty text.
        absent: what to return for a part that was not sent, to tell it from a part that is nil
        Returns one value for each name.
        Raises WireError when a value cannot be read.
        """
        sent: dict[str, etree._Element] = {}
        for child in self.element:
            sent.setdefault(local_name(child), child)
        found = [sent.get(name) for name in wanted]
        if None in found and sent:
            found = _any_case(wanted, sent, found)
        if sent and not any(part is not None for part in found):
            children = list(self.element)[: len(wanted)]
            found = [*children, *([None] * (len(wanted) - len(children)))]
        given = [absent if part is None else read(part, self._budget) for part in found]
        for place, (part, kind) in enumerate(zip(found, types, strict=False)):
            if part is not None and kind in _EMPTY_IS_NIL and is_empty(part):
                given[place] = None
        return given

    @property
    def has_header(self) -> bool:
        """Tell whether the envelope has a Header, even an empty one."""
        return self._header is not None

    def require_understood(self) -> None:
        """Check that nothing in the Header has to be understood; PHP's server does so once the parts are read.

        Raises WireError when something has to, since this server understands no header block.
        """
        if self._header is not None:
            require_understood(self._header, self.version)


def _any_case(
    wanted: Sequence[str], sent: dict[str, etree._Element], found: list[etree._Element | None]
) -> list[etree._Element | None]:
    """Fill the gaps with parts whose names differ only in case."""
    folded: dict[str, etree._Element] = {}
    for name, part in sent.items():
        if name not in wanted:
            folded.setdefault(name.lower(), part)
    return [folded.get(name.lower()) if part is None else part for name, part in zip(wanted, found, strict=True)]
