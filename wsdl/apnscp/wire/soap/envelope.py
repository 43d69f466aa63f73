"""Read and write envelopes: requests, answers and faults, for the server and for the client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from lxml import etree

from apnscp.wire.errors import CLIENT, SERVER, FaultReceived, Message, WireError
from apnscp.wire.soap import names
from apnscp.wire.soap.arrays_12 import in_soap_12
from apnscp.wire.soap.budget import Budget
from apnscp.wire.soap.document import parse_document
from apnscp.wire.soap.kinds import Value
from apnscp.wire.soap.reading import local_name, read
from apnscp.wire.soap.request import Request
from apnscp.wire.soap.structure import check_encoding, structure
from apnscp.wire.soap.text import checked_name, escape, escape_attribute
from apnscp.wire.soap.values import stream, write_into
from apnscp.wire.soap.version import SOAP_11, SOAP_12, Version

_RESULT_NAME: Final = f"{{{names.RPC}}}result"
_CODES: Final = {name: code for code, name in SOAP_12.codes.items()}
_MESSAGE: Final = f"{{{names.MESSAGES}}}message"

ANSWER_LIMIT: Final = 20_000_000
"""Elements that the client reads in one answer; it trusts the server it chose."""


def parse(body: bytes, content_type: str | None = None) -> Request:
    """Read a request.

    body: the whole body as received
    content_type: value of the header, for its charset
    Raises WireError when it is not a request, in the words of PHP's server (docs/wire.md, "Reading requests").
    """
    root, flat = parse_document(body, content_type)
    found = structure(root)
    element = next(iter(found.body), None)
    if element is None:
        raise WireError('looks like we got "Body" without function call')
    check_encoding(element, found.version)
    return Request(found, element, Budget(flat=flat))


def response(
    operation: str, value: Value, messages: Sequence[tuple[str, str]] = (), version: Version = SOAP_11
) -> bytes:
    """Write the answer of an operation, its Body byte for byte as PHP does.

    operation: canonical name, such as `admin_edit_site`
    messages: (severity, text) pairs for the messages header block, which clients may ignore
    version: of SOAP, as the request had it
    Raises WireError when the value cannot be written.
    """
    return b"".join(response_chunks(operation, value, messages, version))


def response_chunks(
    operation: str, value: Value, messages: Sequence[tuple[str, str]] = (), version: Version = SOAP_11
) -> Iterator[bytes]:
    """Write the same answer in chunks, so that a large map is in memory once, not three times."""
    tag = f"ns1:{checked_name(operation)}Response"
    yield _start(tag, messages, version)
    for chunk in stream("return", value):
        yield chunk.encode() if version is SOAP_11 else in_soap_12(chunk.encode())
    yield f"</{tag}>{version.end}".encode()


def wrapped(
    operation: str, chunks: Sequence[bytes], messages: Sequence[tuple[str, str]] = (), version: Version = SOAP_11
) -> bytes:
    """Put a result that `result_chunks` wrote into its envelope, with the messages reported until then."""
    tag = f"ns1:{checked_name(operation)}Response"
    if version is not SOAP_11:
        chunks = [in_soap_12(chunk) for chunk in chunks]
    return b"".join((_start(tag, messages, version), *chunks, f"</{tag}>{version.end}".encode()))


def _start(tag: str, messages: Sequence[tuple[str, str]], version: Version) -> bytes:
    return f"{version.start}{messages_header(messages, version)}{version.body}<{tag}{version.result}".encode()


def result_chunks(value: Value) -> list[bytes]:
    """Write a result without its envelope, for `wrapped`; a lazy one is read to its end here."""
    return [chunk.encode() for chunk in stream("return", value)]


def fault(
    code: str,
    text: str,
    messages: Sequence[tuple[str, str]] = (),
    detail: str | None = None,
    version: Version = SOAP_11,
) -> bytes:
    """Write a fault.

    code: in the words of SOAP 1.1, such as `Client`, or with a prefix of its own, such as `rpc:ProcedureNotPresent`;
        `Server.NotEmulated` has a part that narrows it down
    text: shown to people as it is; an empty one becomes "Internal error", since clients would take it for success
    detail: text of the detail element; None for no such element
    version: of SOAP, as the request had it
    """
    more = "" if detail is None else version.detail % escape(detail)
    said = version.fault % (*_code(code, version), escape(text if text.strip() else "Internal error"), more)
    return f"{version.fault_start}{messages_header(messages, version)}{version.body}{said}{version.end}".encode()


def _code(code: str, version: Version) -> tuple[str, str]:
    """Return a fault code and, where it is narrowed down, that part."""
    prefix, _, name = code.rpartition(":")
    name, _, narrower = name.partition(".")
    written = f"{checked_name(prefix or version.prefix)}:{checked_name(version.codes.get(name, name))}"
    return written, version.subcode % checked_name(narrower) if narrower else ""


def messages_header(messages: Sequence[tuple[str, str]], version: Version) -> str:
    """Write the Header with the messages of a call, (severity, text) pairs; nothing where there is none."""
    if not messages:
        return ""
    written = "".join(
        f'<m:message severity="{escape_attribute(severity)}">{escape(text)}</m:message>' for severity, text in messages
    )
    header = f"{version.prefix}:Header"
    return f'<{header}><m:messages xmlns:m="{names.MESSAGES}">{written}</m:messages></{header}>'


def request(operation: str, arguments: Sequence[tuple[str, Value]]) -> bytes:
    """Write a request with typed values, as PHP's client does.

    arguments: (name of the part, value) pairs
    Raises WireError when a name is not an XML name or a value cannot be written.
    """
    tag = f"ns1:{checked_name(operation)}"
    out = [SOAP_11.start, SOAP_11.body, f"<{tag}>" if arguments else f"<{tag}/>"]
    for name, value in arguments:
        write_into(out, checked_name(name), value)
    if arguments:
        out.append(f"</{tag}>")
    out.append(SOAP_11.end)
    return "".join(out).encode()


class Answer(NamedTuple):
    """What a server answered: the value, and the messages of the messages header block."""

    value: Any
    messages: tuple[Message, ...]


def read_response(body: bytes, content_type: str | None = None) -> Answer:
    """Read an answer of either version of SOAP.

    Raises FaultReceived when the server answered with a fault, WireError when the answer is not SOAP.
    """
    try:
        root, flat = parse_document(body, content_type, ANSWER_LIMIT)
        version, header, content = structure(root)
    except WireError:
        raise WireError("The answer cannot be read as a SOAP envelope", SERVER) from None
    messages = _messages(header)
    element = next(iter(content), None)
    if element is None:
        raise WireError("The answer has an empty Body", SERVER)
    if element.tag == version.tag("Fault"):
        raise FaultReceived(*_said(element, version), messages)
    result = next((child for child in element if child.tag != _RESULT_NAME), None)
    budget = Budget(ANSWER_LIMIT, flat=flat)
    return Answer(None if result is None else read(result, budget), messages)


def _messages(header: etree._Element | None) -> tuple[Message, ...]:
    found = () if header is None else header.iter(_MESSAGE)
    return tuple(Message(str(entry.get("severity", "")), entry.text or "") for entry in found)


def _said(fault: etree._Element, version: Version) -> tuple[str, str]:
    """Return code and text of a fault; the code in the words of SOAP 1.1, without its prefix."""
    parts = fault if version is SOAP_11 else [inner for outer in fault for inner in outer]
    texts: dict[str, str] = {}
    for part in parts:
        texts.setdefault(local_name(part), "".join(part.itertext()))  # type: ignore[arg-type]
    code = texts.get("faultcode" if version is SOAP_11 else "Value", "").rpartition(":")[2].strip()
    code = _CODES.get(code, code) or CLIENT
    if version is not SOAP_11 and "Subcode" in texts:
        code = f"{code}.{texts['Subcode'].rpartition(':')[2].strip()}"
    return code, texts.get("faultstring" if version is SOAP_11 else "Text", "")
