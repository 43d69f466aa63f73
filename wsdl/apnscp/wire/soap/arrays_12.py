"""The attributes of arrays in SOAP 1.2: to and from those of SOAP 1.1, which everything else here reads and writes."""

from __future__ import annotations

import re
from typing import Final

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.names import ENCODING_12

ITEM_TYPES: Final = (f"{{{ENCODING_12}}}itemType", "itemType")
ARRAY_SIZES: Final = (f"{{{ENCODING_12}}}arraySize", "arraySize")
"""Names of the attributes; as to PHP's server, they need no namespace."""

_SIZE: Final = re.compile(r"\*|[0-9]+")
_WRITTEN: Final = re.compile(rb'(<[\w.-]+) SOAP-ENC:arrayType="([^"\[]+)\[(\d+)\]" xsi:type="SOAP-ENC:Array"')
_KINDS: Final = {b"xsd:ur-type": b"xsd:anyType", b"SOAP-ENC:Array": b"enc:Array"}


def in_soap_11(item_type: str, array_size: str) -> str:
    """Return the `arrayType` of SOAP 1.1 for an array of SOAP 1.2: `xsd:int[2,2]` for `xsd:int` and `2 2`.

    Raises WireError when a size other than the first is unknown.
    """
    sizes = _SIZE.findall(array_size)
    if "*" in sizes[1:]:
        raise WireError("SOAP-ERROR: Encoding: '*' may only be first arraySize value in list", SERVER)
    return f"{item_type}[{','.join(sizes)}]"


def in_soap_12(written: bytes) -> bytes:
    """Return a value that was written for SOAP 1.1 as SOAP 1.2 has it.

    written: whole tags of `values.write`. Only in a tag does `<` occur, so that no text can be taken for one.
    """
    return _WRITTEN.sub(_attributes, written) if b" SOAP-ENC:" in written else written


def _attributes(array: re.Match[bytes]) -> bytes:
    start, kind, size = array.groups()
    return b'%b enc:itemType="%b" enc:arraySize="%b" xsi:type="enc:Array"' % (start, _KINDS.get(kind, kind), size)
