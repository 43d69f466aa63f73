"""Read and write envelopes: requests, answers and faults, for the server and for the client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from lxml import etree

from apnscp.wire.errors import CLIENT, SERVER, VERSION_MISMATCH, FaultReceived, Message, WireError
from apnscp.wire.soap import names
from apnscp.wire.soap.budget import Budget
from apnscp.wire.soap.document import parse_document
from apnscp.wire.soap.kinds import Value
from apnscp.wire.soap.reading import is_empty, local_name, read
from apnscp.wire.soap.text import checked_name, escape, escape_attribute
from apnscp.wire.soap.values import stream, write_into

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_FAULT_START: Final = f'{_XML}<SOAP-ENV:Envelope xmlns:SOAP-ENV="{names.ENVELOPE}">'
_START: Final = (
    f'{_XML}<SOAP-ENV:Envelope xmlns:SOAP-ENV="{names.ENVELOPE}" xmlns:ns1="{names.API}" xmlns:xsd="{names.SCHEMA}" '
    f'xmlns:xsi="{names.INSTANCE}" xmlns:ns2="{names.APACHE}" xmlns:SOAP-ENC="{names.ENCODING}" '
    f'SOAP-ENV:encodingStyle="{names.ENCODING}">'
)
_END: Final = "</SOAP-ENV:Body></SOAP-ENV:Envelope>\n"

_ENVELOPE: Final = f"{{{names.ENVELOPE}}}Envelope"
_HEADER: Final = f"{{{names.ENVELOPE}}}Header"
_BODY: Final = f"{{{names.ENVELOPE}}}Body"
_FAULT: Final = f"{{{names.ENVELOPE}}}Fault"
_MESSAGE: Final = f"{{{names.MESSAGES}}}message"

ANSWER_LIMIT: Final = 20_000_000
"""Elements that the client reads in one answer; it trusts the server it chose."""

_EMPTY_IS_NIL: Final = frozenset({"int", "boolean", "double"})


class Request:
    """A request as received.

    name: local name of the first element in Body, as sent
    namespace: its namespace, empty when it has none
    operation: the canonical name, such as `admin_edit_site`, however it was spelled
    """

    __slots__ = ("_budget", "body", "element", "name", "namespace", "operation")

    def __init__(self, body: etree._Element, element: etree._Element, budget: Budget) -> None:
        """Find the name of the operation; the parts are read later."""
        self._budget = budget
        self.body = body
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


def _any_case(
    wanted: Sequence[str], sent: dict[str, etree._Element], found: list[etree._Element | None]
) -> list[etree._Element | None]:
    """Fill the gaps with parts whose names differ only in case."""
    folded: dict[str, etree._Element] = {}
    for name, part in sent.items():
        if name not in wanted:
            folded.setdefault(name.lower(), part)
    return [folded.get(name.lower()) if part is None else part for name, part in zip(wanted, found, strict=True)]


def parse(body: bytes, content_type: str | None = None) -> Request:
    """Read a request.

    body: the whole body as received
    content_type: value of the header, for its charset
    Raises WireError when it is not a request, in the words of PHP's server (docs/wire.md, "Reading requests").
    """
    root, flat = parse_document(body, content_type)
    content = _body(root)
    element = next(iter(content), None)
    if element is None:
        raise WireError('looks like we got "Body" without function call')
    return Request(content, element, Budget(flat=flat))


def _body(root: etree._Element) -> etree._Element:
    if root.tag != _ENVELOPE:
        raise WireError("Wrong Version", VERSION_MISMATCH)
    body = root.find(_BODY)
    if body is None:
        raise WireError("Body must be present in a SOAP envelope")
    return body


def response(operation: str, value: Value, messages: Sequence[tuple[str, str]] = ()) -> bytes:
    """Write the answer of an operation, its Body byte for byte as PHP does.

    operation: canonical name, such as `admin_edit_site`
    messages: (severity, text) pairs for the messages header block, which clients may ignore
    Raises WireError when the value cannot be written.
    """
    return b"".join(response_chunks(operation, value, messages))


def response_chunks(operation: str, value: Value, messages: Sequence[tuple[str, str]] = ()) -> Iterator[bytes]:
    """Write the same answer in chunks, so that a large map is in memory once, not three times."""
    tag = f"ns1:{checked_name(operation)}Response"
    yield f"{_START}{_header(messages)}<SOAP-ENV:Body><{tag}>".encode()
    for chunk in stream("return", value):
        yield chunk.encode()
    yield f"</{tag}>{_END}".encode()


def wrapped(operation: str, chunks: Sequence[bytes], messages: Sequence[tuple[str, str]] = ()) -> bytes:
    """Put a result that `result_chunks` wrote into its envelope, with the messages reported until then."""
    tag = f"ns1:{checked_name(operation)}Response"
    start = f"{_START}{_header(messages)}<SOAP-ENV:Body><{tag}>".encode()
    return b"".join((start, *chunks, f"</{tag}>{_END}".encode()))


def result_chunks(value: Value) -> list[bytes]:
    """Write a result without its envelope, for `wrapped`; a lazy one is read to its end here."""
    return [chunk.encode() for chunk in stream("return", value)]


def fault(code: str, text: str, messages: Sequence[tuple[str, str]] = (), detail: str | None = None) -> bytes:
    """Write a fault.

    code: `Client`, `Server` or `VersionMismatch`
    text: shown to people as it is; an empty one becomes "Internal error", since clients would take it for success
    detail: text of the detail element; None for no such element
    """
    more = "" if detail is None else f"<detail>{escape(detail)}</detail>"
    return (
        f"{_FAULT_START}{_header(messages)}<SOAP-ENV:Body><SOAP-ENV:Fault>"
        f"<faultcode>SOAP-ENV:{checked_name(code)}</faultcode>"
        f"<faultstring>{escape(text if text.strip() else 'Internal error')}</faultstring>{more}</SOAP-ENV:Fault>{_END}"
    ).encode()


def _header(messages: Sequence[tuple[str, str]]) -> str:
    if not messages:
        return ""
    written = "".join(
        f'<m:message severity="{escape_attribute(severity)}">{escape(text)}</m:message>' for severity, text in messages
    )
    return f'<SOAP-ENV:Header><m:messages xmlns:m="{names.MESSAGES}">{written}</m:messages></SOAP-ENV:Header>'


def request(operation: str, arguments: Sequence[tuple[str, Value]]) -> bytes:
    """Write a request with typed values, as PHP's client does.

    arguments: (name of the part, value) pairs
    Raises WireError when a name is not an XML name or a value cannot be written.
    """
    tag = f"ns1:{checked_name(operation)}"
    out = [_START, f"<SOAP-ENV:Body><{tag}>" if arguments else f"<SOAP-ENV:Body><{tag}/>"]
    for name, value in arguments:
        write_into(out, checked_name(name), value)
    if arguments:
        out.append(f"</{tag}>")
    out.append(_END)
    return "".join(out).encode()


class Answer(NamedTuple):
    """What a server answered: the value, and the messages of the messages header block."""

    value: Any
    messages: tuple[Message, ...]


def read_response(body: bytes, content_type: str | None = None) -> Answer:
    """Read an answer.

    Raises FaultReceived when the server answered with a fault, WireError when the answer is not SOAP.
    """
    try:
        root, flat = parse_document(body, content_type, ANSWER_LIMIT)
        content = _body(root)
    except WireError:
        raise WireError("The answer cannot be read as a SOAP envelope", SERVER) from None
    messages = _messages(root)
    element = next(iter(content), None)
    if element is None:
        raise WireError("The answer has an empty Body", SERVER)
    if element.tag == _FAULT:
        raise _fault_received(element, messages)
    result = next(iter(element), None)
    budget = Budget(ANSWER_LIMIT, flat=flat)
    return Answer(None if result is None else read(result, budget), messages)


def _messages(root: etree._Element) -> tuple[Message, ...]:
    header = root.find(_HEADER)
    found = () if header is None else header.iter(_MESSAGE)
    return tuple(Message(str(entry.get("severity", "")), entry.text or "") for entry in found)


def _fault_received(element: etree._Element, messages: Sequence[Message]) -> FaultReceived:
    texts = {local_name(child): "".join(child.itertext()) for child in element}  # type: ignore[arg-type]
    code = texts.get("faultcode", "").rpartition(":")[2].strip() or CLIENT
    return FaultReceived(code, texts.get("faultstring", ""), messages)
