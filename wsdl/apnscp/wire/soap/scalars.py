"""Decode the text of a typed element as PHP does: a function for each group of simple types of XML Schema."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Final

from apnscp.wire.errors import SERVER, WireError
from apnscp.wire.soap.text import text_of_bytes

Scalar = str | int | float | bool | None
Decoder = Callable[[str], Scalar]

_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?\Z")
_WORD = re.compile(r"[^ \t\r\n]+")
_WORDS: Final = {"inf": "inf", "-inf": "-inf", "+inf": "inf", "nan": "nan"}
_BOOLEANS: Final = {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}
_SPACE: Final = " \t\r\n"


def violation() -> WireError:
    """Return the error for a text that does not fit its type, worded as PHP's server does."""
    return WireError("SOAP-ERROR: Encoding: Violation of encoding rules", SERVER)


def integer(text: str) -> int | float | None:
    """Read an integer; as in PHP, a fraction gives a float and no text gives None.

    Raises WireError when the text is not a number.
    """
    trimmed = text.strip(_SPACE)
    if trimmed.lower() in _WORDS:
        raise violation()
    if not _INTEGER.match(trimmed):
        return number(trimmed)
    try:
        return int(trimmed)
    except ValueError:
        raise violation() from None


def number(text: str) -> float | None:
    """Read a float, or INF, -INF or NAN in any case; no text gives None.

    Raises WireError when the text is not a number.
    """
    trimmed = text.strip(_SPACE)
    if not trimmed:
        return None
    if _FLOAT.match(trimmed):
        return float(trimmed)
    word = _WORDS.get(trimmed.lower())
    if word is None:
        raise violation()
    return float(word)


def boolean(text: str) -> bool | None:
    """Read a boolean: 1, 0, true, false, t or f; as in PHP, other text is true unless it is only spaces.

    No text gives None.
    """
    if not text:
        return None
    trimmed = text.strip(_SPACE).lower()
    return _BOOLEANS.get(trimmed, bool(trimmed))


def _string(text: str) -> str:
    return text


def _collapsed(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _replaced(text: str) -> str:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ")


def _base64(text: str) -> str:
    try:
        return text_of_bytes(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        raise violation() from None


def _hex(text: str) -> str:
    try:
        return text_of_bytes(bytes.fromhex(text))
    except ValueError:
        raise violation() from None


def _nothing(text: str) -> None:
    return None


_NAMES: Final[dict[Decoder, str]] = {
    _string: "string",
    integer: "int integer long short byte unsignedInt unsignedLong unsignedShort unsignedByte "
    "nonNegativeInteger nonPositiveInteger positiveInteger negativeInteger",
    number: "float double",
    boolean: "boolean",
    _collapsed: "decimal token language Name NCName NMTOKEN NMTOKENS ID IDREF IDREFS ENTITY ENTITIES "
    "anyURI QName NOTATION date dateTime time duration gYear gYearMonth gMonth gMonthDay gDay",
    _replaced: "normalizedString",
    _base64: "base64Binary base64",
    _hex: "hexBinary",
    _nothing: "nil",
}
DECODERS: Final[dict[str, Decoder]] = {name: decoder for decoder, names in _NAMES.items() for name in names.split()}
"""How text is read, by the local name of its type in XML Schema or in SOAP's copy of it."""

ANY: Final = frozenset({"anyType", "anySimpleType", "ur-type"})
"""Types that allow anything: the element is read as if it had no type."""
