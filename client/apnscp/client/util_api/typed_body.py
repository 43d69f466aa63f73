"""Typed values inside zeep's messages.

zeep cannot send a list or map in an anyType part, requires every part and returns maps as lists of pairs. An operation
whose body elements are replaced by these takes and returns plain values, written and read as the panel does
(docs/wire.md, "Values").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from apnscp.client.errors import ConnectionFailed
from apnscp.wire.errors import WireError
from apnscp.wire.soap import names, reading, values
from apnscp.wire.soap.budget import Budget
from apnscp.wire.soap.envelope import ANSWER_LIMIT
from apnscp.wire.soap.kinds import Value

NAMESPACES: Final = (
    f'xmlns:ns1="{names.API}" xmlns:xsd="{names.SCHEMA}" xmlns:xsi="{names.INSTANCE}" '
    f'xmlns:ns2="{names.APACHE}" xmlns:SOAP-ENC="{names.ENCODING}"'
)


@dataclass(frozen=True, slots=True)
class OperationResult:
    """What an operation returned.

    It has no length on purpose: zeep unwraps results that have one.
    """

    value: Value


class TypedBody:
    """Stands in for the element that zeep renders into, or parses out of, a Body."""

    def __init__(self, tag: str, parts: tuple[str, ...]) -> None:
        """Describe the body of one operation.

        tag: qualified name of the element, as ``{namespace}name``
        parts: names of the parts in the order of the signature
        """
        self.name = etree.QName(tag).localname
        self.parts = parts

    def __call__(self, *args: Value, **kwargs: Value) -> dict[str, Value]:
        """Bind arguments to parts; what is left out is not sent.

        Raises TypeError as a Python function of this signature would.
        """
        if len(args) > len(self.parts):
            raise TypeError(f"{self.name}() takes {len(self.parts)} arguments but {len(args)} were given")
        bound = dict(zip(self.parts, args, strict=False))
        for name, value in kwargs.items():
            if name not in self.parts:
                raise TypeError(f"{self.name}() has no parameter `{name}'; it takes {self.signature()}")
            if name in bound:
                raise TypeError(f"{self.name}() got two values for `{name}'")
            bound[name] = value
        return bound

    def signature(self) -> str:
        """Return the names of the parts as an error message lists them."""
        return ", ".join(self.parts) or "none"

    def render(self, parent: etree._Element, value: dict[str, Value]) -> None:
        """Append the operation's element, with its typed parts, to a Body.

        Raises TypeError for a value that SOAP cannot carry.
        """
        try:
            parts = "".join(values.write(name, part) for name, part in value.items())
        except WireError as error:
            raise TypeError(f"{self.name}() cannot send this: {error.text}") from error
        parent.append(etree.fromstring(f"<ns1:{self.name} {NAMESPACES}>{parts}</ns1:{self.name}>"))

    def parse(self, element: etree._Element, *_schema: object, **_context: object) -> OperationResult:
        """Read the typed value of the first part of a response element.

        Raises ConnectionFailed for a value that cannot be read.
        """
        part = next(element.iterchildren(etree.Element), None)
        try:
            return OperationResult(None if part is None else reading.read(part, Budget(ANSWER_LIMIT)))
        except WireError as error:
            raise ConnectionFailed(f"The answer to {self.name} cannot be read: {error.text}") from error


def make_typed(operation: Any) -> None:
    """Replace the body elements of one zeep operation.

    Raises ConnectionFailed when the operation is not of the rpc style.
    """
    if operation.style != "rpc":
        raise ConnectionFailed(f"The description offers {operation.name} in the style `{operation.style}'")
    request, response = operation.input, operation.output
    request.body = TypedBody(request.body.qname.text, tuple(request.abstract.parts))
    if response is not None and response.body is not None:
        response.body = TypedBody(response.body.qname.text, tuple(response.abstract.parts))
