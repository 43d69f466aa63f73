"""Parse the bytes of a document: encodings, and limits that make hostile documents harmless."""

from __future__ import annotations

import codecs
import re
import threading
from collections.abc import Iterator
from email.message import Message
from functools import lru_cache
from typing import Final

from lxml import etree

from apnscp.wire.errors import SERVER, WireError, bad_request

ELEMENT_LIMIT: Final = 50_000
"""Tags in one request; a request names a few sites, not all of them."""

ATTRIBUTE_LIMIT: Final = 256
"""Attributes of one element: in libxml2 the time grows with their square, 40 s for 100,000."""

_SHORTEST_ATTRIBUTE: Final = len(' a=""')
_CROWDED: Final = re.compile(
    rb"""[^\s<>/!?]++(?:\s*+[^\s=<>"']++\s*+=\s*+(?:"[^"]*+"|'[^']*+')){%d}""" % (ATTRIBUTE_LIMIT + 1)
)
_DECLARED: Final = re.compile(rb"""<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']""")
_SIGNATURES: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_WIDE: Final = ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "ucs-2", "iso-10646-ucs-2")
_KNOWN: Final = frozenset(
    {
        *("utf-8", "ascii", "gbk", "gb2312", "gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr"),
        *("koi8-r", "koi8-u"),
        *(f"iso8859-{part}" for part in range(1, 17)),
        *(f"cp{page}" for page in range(1250, 1259)),
    }
)
"""Encodings by Python's name for them; some others that Python knows take for ever on hostile input."""


class _Parsers(threading.local):
    """A pair of parsers for each thread: a parser handles one document at a time."""

    def __init__(self) -> None:
        self.strict = _parser(recover=False)
        self.lenient = _parser(recover=True)


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


_parsers = _Parsers()
_UNBOUND_PREFIX: Final = etree.ErrorTypes.NS_ERR_UNDEFINED_NAMESPACE


def parse_document(
    body: bytes, content_type: str | None = None, limit: int = ELEMENT_LIMIT
) -> tuple[etree._Element, bool]:
    """Parse a document without DTD, entities or network.

    body: as received, in any common encoding, with or without byte order mark
    content_type: value of the header; its charset applies when the document names no encoding itself
    limit: tags that the document may hold
    Returns the root, and whether all namespaces are declared on it.
    Raises WireError when the document is not well-formed, has a DTD or exceeds a limit; its text never quotes the parser.
    """
    data = _utf8(body, content_type)
    if data.count(b"<") > 2 * limit:
        raise bad_request("the document has too many elements")
    if len(data) > ATTRIBUTE_LIMIT * _SHORTEST_ATTRIBUTE and _is_crowded(data):
        raise bad_request("an element has too many attributes")
    if _has_dtd(data):
        raise WireError("DTD are not supported by SOAP", SERVER)
    root = _root(data)
    return root, data.count(b"xmlns") <= len(root.nsmap)


def _root(data: bytes) -> etree._Element:
    try:
        return etree.fromstring(data, _parsers.strict)
    except etree.XMLSyntaxError:
        if not _only_unbound_prefixes(_parsers.strict):
            raise bad_request() from None
    except (ValueError, LookupError):
        raise bad_request() from None
    return etree.fromstring(data, _parsers.lenient)


def _only_unbound_prefixes(parser: etree.XMLParser) -> bool:
    """Tell whether the only errors are prefixes without a namespace, which PHP accepts."""
    return {entry.type for entry in parser.error_log} == {_UNBOUND_PREFIX}


def _utf8(body: bytes, content_type: str | None) -> bytes:
    """Return a document in UTF-8; its byte order mark, else its declaration, else the header names the encoding."""
    charset = _charset(content_type)
    if charset is not None and charset not in _WIDE:
        charset = _known(charset)
    for signature, encoding in _SIGNATURES:
        if body.startswith(signature):
            return _transcoded(body, encoding) if encoding != "utf-8" else body[len(signature) :]
    declared = _DECLARED.match(body)
    name = declared[1].decode("ascii").lower() if declared else None
    if name in _WIDE:
        name = "utf-8"  # written by stacks that build UTF-16 text and send it as UTF-8
    encoding = _known(name) if name else charset or "utf-8"
    return body if encoding == "utf-8" else _transcoded(body, encoding)


@lru_cache(maxsize=64)
def _charset(content_type: str | None) -> str | None:
    if not content_type or "charset" not in content_type.lower():
        return None
    header = Message()
    header["Content-Type"] = content_type
    charset = header.get_param("charset")
    return charset.strip().lower() if isinstance(charset, str) and charset.strip() else None


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        raise bad_request() from None
    if found not in _KNOWN:
        raise bad_request()
    return found


def _transcoded(body: bytes, encoding: str) -> bytes:
    try:
        return body.decode(encoding).lstrip("\ufeff").encode("utf-8")
    except (UnicodeError, LookupError):
        raise bad_request() from None


def _is_crowded(data: bytes) -> bool:
    """Tell whether a tag has too many attributes; only tags that are long enough are examined."""
    least = ATTRIBUTE_LIMIT * _SHORTEST_ATTRIBUTE
    return any(len(run) > least and _CROWDED.match(run) for run in data.split(b"<"))


def _has_dtd(data: bytes) -> bool:
    """Tell whether a document type comes before the root element."""
    return any(markup == b"<!" for markup in _prolog(data))


def _prolog(data: bytes) -> Iterator[bytes]:
    """Yield the opening of each markup before the root element, such as `<!--`."""
    place = 0
    while True:
        start = data.find(b"<", place)
        if start < 0:
            return
        for opening, closing in ((b"<?", b"?>"), (b"<!--", b"-->")):
            if data.startswith(opening, start):
                place = data.find(closing, start + len(opening))
                break
        else:
            if data.startswith(b"<!", start):
                yield b"<!"
            return
        if place < 0:
            return
        yield opening
