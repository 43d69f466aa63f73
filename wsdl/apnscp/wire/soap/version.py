"""The two versions of SOAP, as PHP's server speaks them (docs/wire.md, "SOAP 1.2")."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from apnscp.wire.soap import names

_XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SHARED: Final = (
    f'xmlns:ns1="{names.API}" xmlns:xsd="{names.SCHEMA}" xmlns:xsi="{names.INSTANCE}" xmlns:ns2="{names.APACHE}"'
)
_ROOT: Final = re.compile(rb"<(?:([\w.-]+):)?Envelope\b([^<>]*)")
_HEAD: Final = 4096
"""Bytes of a body in which its envelope should begin."""


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A version of SOAP.

    number: `1.1` or `1.2`
    envelope: namespace of Envelope, Header, Body and Fault; prefix: how PHP's server abbreviates it
    encoding: what the attribute `encodingStyle` of an operation must say, if it is there
    content_type: of answers
    start: text of an answer up to its Header; fault_start: that of a fault
    body: start of the Body; end: text after its last element
    result: what follows the name of the operation in an answer
    fault: element of a fault, with places for code, `subcode`, text and `detail`, which has a place for its text
    subcode: what narrows a code down, with a place for its name
    addressee: name of the attribute that says for whom a header block is
    addressed: what it says when this server is meant
    codes: fault codes of this version, by those of SOAP 1.1; others are the same in both
    wrong_encoding: fault code for another `encodingStyle`
    """

    number: str
    envelope: str
    prefix: str
    encoding: str
    content_type: str
    start: str
    fault_start: str
    body: str
    end: str
    result: str
    fault: str
    subcode: str
    detail: str
    addressee: str
    addressed: frozenset[str]
    codes: Mapping[str, str]
    wrong_encoding: str

    def tag(self, name: str) -> str:
        """Return the name of an element or attribute of the envelope as lxml writes it."""
        return f"{{{self.envelope}}}{name}"


SOAP_11: Final = Version(
    number="1.1",
    envelope=names.ENVELOPE,
    prefix="SOAP-ENV",
    encoding=names.ENCODING,
    content_type="text/xml; charset=utf-8",
    start=(
        f'{_XML}<SOAP-ENV:Envelope xmlns:SOAP-ENV="{names.ENVELOPE}" {_SHARED} xmlns:SOAP-ENC="{names.ENCODING}" '
        f'SOAP-ENV:encodingStyle="{names.ENCODING}">'
    ),
    fault_start=f'{_XML}<SOAP-ENV:Envelope xmlns:SOAP-ENV="{names.ENVELOPE}">',
    body="<SOAP-ENV:Body>",
    end="</SOAP-ENV:Body></SOAP-ENV:Envelope>\n",
    result=">",
    fault="<SOAP-ENV:Fault><faultcode>%s%s</faultcode><faultstring>%s</faultstring>%s</SOAP-ENV:Fault>",
    subcode=".%s",
    detail="<detail>%s</detail>",
    addressee="actor",
    addressed=frozenset({"http://schemas.xmlsoap.org/soap/actor/next"}),
    codes={},
    wrong_encoding="Client",
)
SOAP_12: Final = Version(
    number="1.2",
    envelope=names.ENVELOPE_12,
    prefix="env",
    encoding=names.ENCODING_12,
    content_type="application/soap+xml; charset=utf-8",
    start=(
        f'{_XML}<env:Envelope xmlns:env="{names.ENVELOPE_12}" {_SHARED} xmlns:enc="{names.ENCODING_12}" '
        f'xmlns:rpc="{names.RPC}">'
    ),
    fault_start=f'{_XML}<env:Envelope xmlns:env="{names.ENVELOPE_12}" xmlns:rpc="{names.RPC}">',
    body="<env:Body>",
    end="</env:Body></env:Envelope>\n",
    result=f' env:encodingStyle="{names.ENCODING_12}"><rpc:result>return</rpc:result>',
    fault=(
        "<env:Fault><env:Code><env:Value>%s</env:Value>%s</env:Code>"
        "<env:Reason><env:Text>%s</env:Text></env:Reason>%s</env:Fault>"
    ),
    subcode=f'<env:Subcode><env:Value xmlns:ns1="{names.API}">ns1:%s</env:Value></env:Subcode>',
    detail="<env:Detail>%s</env:Detail>",
    addressee="role",
    addressed=frozenset(f"{names.ENVELOPE_12}/role/{role}" for role in ("next", "ultimateReceiver")),
    codes={"Client": "Sender", "Server": "Receiver"},
    wrong_encoding="DataEncodingUnknown",
)
VERSIONS: Final = {version.envelope: version for version in (SOAP_11, SOAP_12)}


def spoken(body: bytes, content_type: str | None) -> Version:
    """Return the version in which a request that was not parsed should be answered.

    body: as far as it is known; the namespace of its envelope says the version
    content_type: value of the header, which says it where the body does not
    """
    head = body[:_HEAD].replace(b"\0", b"")  # UTF-16 without its zeros
    root = _ROOT.search(head)
    if root is not None:
        declares = b"xmlns" + (b":" + root[1] if root[1] else b"")
        declared = re.search(re.escape(declares) + rb"""\s*=\s*["']([^"']*)""", root[2])
        found = VERSIONS.get(declared[1].decode("utf-8", "replace")) if declared else None
        if found is not None:
            return found
    return named(content_type)


@lru_cache(maxsize=64)
def named(content_type: str | None) -> Version:
    """Return the version that a Content-Type names: 1.2 for `application/soap+xml`, else 1.1."""
    media_type = (content_type or "").partition(";")[0].strip().lower()
    return SOAP_12 if media_type == "application/soap+xml" else SOAP_11
