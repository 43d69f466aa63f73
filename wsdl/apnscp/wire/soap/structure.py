"""The parts of an envelope, found and checked as PHP's server does (docs/wire.md, "Reading requests")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from apnscp.wire.errors import CLIENT, MUST_UNDERSTAND, VERSION_MISMATCH, WireError
from apnscp.wire.soap.version import SOAP_11, VERSIONS, Version

_ENVELOPES: Final = {version.tag("Envelope"): version for version in VERSIONS.values()}
_HEADERS: Final = {version: version.tag("Header") for version in VERSIONS.values()}
_BODIES: Final = {version: version.tag("Body") for version in VERSIONS.values()}
_ENCODING_STYLES: Final = {version: version.tag("encodingStyle") for version in VERSIONS.values()}
_TRUTHS: Final = {"1": True, "true": True, "0": False, "false": False}


class Structure(NamedTuple):
    """An envelope: its version, its Header if there is one, its Body."""

    version: Version
    header: etree._Element | None
    body: etree._Element


def structure(root: etree._Element) -> Structure:
    """Find the parts of an envelope.

    root: the outermost element of a document
    Raises WireError when it is not an envelope, in the words of PHP's server.
    """
    version = _ENVELOPES.get(str(root.tag))
    if version is None:
        raise WireError("Wrong Version", VERSION_MISMATCH)
    if root.keys():
        _check_attributes(root, "Envelope", version)
    children = iter(root)
    header = None
    body = next(children, None)
    if body is not None and body.tag == _HEADERS[version]:
        header, body = body, next(children, None)
    if body is None or body.tag != _BODIES[version]:
        raise WireError("Body must be present in a SOAP envelope")
    if version is not SOAP_11:
        _check_attributes(body, "Body", version)
        if next(children, None) is not None:
            raise WireError("A SOAP 1.2 envelope can contain only Header and Body")
    return Structure(version, header, body)


def _check_attributes(element: etree._Element, name: str, version: Version) -> None:
    for attribute in map(str, element.keys()):
        if not attribute.startswith("{"):
            raise WireError(f"A SOAP {name} element cannot have non Namespace qualified attributes")
        if version is not SOAP_11 and attribute == _ENCODING_STYLES[version]:
            raise WireError(f"encodingStyle cannot be specified on the {name}")


def check_encoding(element: etree._Element, version: Version) -> None:
    """Check that the operation, or a header block, is encoded as its version of SOAP has it.

    Raises WireError when it says that it is encoded in another way.
    """
    if element.get(_ENCODING_STYLES[version], version.encoding) != version.encoding:
        raise WireError("Unknown Data Encoding Style", version.wrong_encoding)


def require_understood(header: etree._Element, version: Version) -> None:
    """Check that no block of a Header has to be understood: this server understands none.

    Blocks for other receivers, which say so by `actor` or `role`, do not matter.
    Raises WireError for a block that must be understood, or that is malformed.
    """
    _check_attributes(header, "Header", version)
    demands = {_must_be_understood(block, version) for block in _addressed(header, version)}
    if True in demands:
        raise WireError("Header not understood", MUST_UNDERSTAND)


def _addressed(header: etree._Element, version: Version) -> Iterator[etree._Element]:
    """Yield the blocks that are meant for this server."""
    name = version.tag(version.addressee)
    for block in header:
        check_encoding(block, version)
        addressee = block.get(name)
        if addressee is None or addressee in version.addressed:
            yield block


def _must_be_understood(block: etree._Element, version: Version) -> bool:
    said = _TRUTHS.get(block.get(version.tag("mustUnderstand"), "0"))
    if said is None:
        raise WireError("mustUnderstand value is not boolean", CLIENT)
    return said
