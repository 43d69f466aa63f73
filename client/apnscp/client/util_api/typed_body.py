"""Typed values inside zeep's messages.

zeep cannot send a list or map in an anyType part, insists on every part and gives maps back as lists of pairs. An
operation whose body elements are replaced by these takes and gives plain values, written and read as the panel does
(docs/wire.md, "Values").
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from lxml import etree
from zeep.plugins import Plugin

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
MESSAGE: Final = f"{{{names.MESSAGES}}}message"


class Message(NamedTuple):
    """A message that travelled with an answer: its class, such as ``warning``, and its text."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What an operation returned.

    It has no length on purpose: zeep unwraps answers that have one.
    """

    value: Value


class Messages(Plugin):
    """Keeps the messages of the last answer of each thread, a fault's as well as a value's."""

    def __init__(self) -> None:
        """Start without messages."""
        self._local = threading.local()

    @property
    def last(self) -> list[Message]:
        """Messages of this thread's last call, in the order they were reported."""
        return list(getattr(self._local, "messages", ()))

    def clear(self) -> None:
        """Forget this thread's messages before a call."""
        self._local.messages = []

    def ingress(self, envelope: etree._Element, http_headers: Any, _operation: Any) -> tuple[Any, Any]:
        """Take the messages header block out of an answer."""
        found = envelope.iterfind(f"{{{names.ENVELOPE}}}Header//{MESSAGE}")
        self._local.messages = [Message(str(each.get("severity", "")), each.text or "") for each in found]
        return envelope, http_headers


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
        """Bind arguments to parts; what is left out stays out of the message.

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
        """Return the names of the parts for people."""
        return ", ".join(self.parts) or "none"

    def render(self, parent: etree._Element, value: dict[str, Value]) -> None:
        """Append the operation's element with its typed parts to a Body.

        Raises TypeError for a value that SOAP cannot carry.
        """
        try:
            parts = "".join(values.write(name, part) for name, part in value.items())
        except WireError as error:
            raise TypeError(f"{self.name}() cannot send this: {error.text}") from error
        parent.append(etree.fromstring(f"<ns1:{self.name} {NAMESPACES}>{parts}</ns1:{self.name}>"))

    def parse(self, element: etree._Element, *_schema: object, **_context: object) -> Answer:
        """Read the typed value of the first part of a response element.

        Raises ConnectionFailed when there is a value that cannot be read.
        """
        part = next(element.iterchildren(etree.Element), None)
        try:
            return Answer(None if part is None else reading.read(part, Budget(ANSWER_LIMIT)))
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
