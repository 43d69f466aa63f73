"""Text as XML 1.0 can carry it, and numbers as PHP writes them (docs/wire.md, "Values")."""

from __future__ import annotations

import re
from functools import lru_cache

from apnscp.wire.errors import SERVER, WireError

REPLACEMENT = "\ufffd"

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_UNSAFE = re.compile("[&<>\\r\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff\ufffe\uffff]")
_UNSAFE_ATTRIBUTE = re.compile('["\\t\\n]')
_ATTRIBUTE = {'"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
_INTEGER_KEY = re.compile(r"(?:0|-?[1-9][0-9]{0,18})\Z")
_NAME = re.compile(r"[A-Za-z_][\w.-]*\Z")
_LARGEST = 2**63 - 1
_SMALLEST = -(2**63)


def _replace(match: re.Match[str]) -> str:
    return _MARKUP.get(match[0], REPLACEMENT)


def escape(text: str) -> str:
    """Escape text for the content of an element.

    Markup characters become references, and CR becomes `&#13;` because a parser would turn it into LF. Characters that
    XML 1.0 cannot carry (most control characters, lone surrogates, U+FFFE, U+FFFF) become U+FFFD.
    """
    return _UNSAFE.sub(_replace, text)


def escape_attribute(text: str) -> str:
    """Escape text for a double-quoted attribute."""
    return _UNSAFE_ATTRIBUTE.sub(lambda match: _ATTRIBUTE[match[0]], escape(text))


@lru_cache(maxsize=4096)
def checked_name(name: str) -> str:
    """Return the name of an element unchanged.

    Raises WireError when it is not an XML name without a prefix.
    """
    if not _NAME.match(name):
        raise WireError(f"`{name}' is no name of an operation or part")
    return name


def text_of_bytes(data: bytes) -> str:
    """Decode bytes as UTF-8, or as Latin-1 when they are not valid UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def php_key(key: object) -> int | str:
    """Return a key as a PHP array stores it.

    Text that reads like a 64-bit integer ("5", "-5", not "05" or "-0") becomes that integer, booleans and floats become
    integers, None becomes the empty text.
    Raises WireError when the key is of any other type.
    """
    if isinstance(key, str):
        if _INTEGER_KEY.match(key) and _SMALLEST <= int(key) <= _LARGEST:
            return int(key)
        return str.__str__(key)
    if isinstance(key, int):
        return int(key)
    if isinstance(key, float) and key - key == 0.0:
        return int(key)
    if isinstance(key, bytes):
        return php_key(text_of_bytes(key))
    if key is None:
        return ""
    raise WireError(f"A value of type {type(key).__name__} cannot be the key of a map", SERVER)


def php_float(number: float) -> str:
    """Write a float as PHP does, without losing digits.

    PHP writes 14 significant digits; a number that needs more gets as many as it needs, in PHP's layout: `3` for 3.0,
    `1.0E+25` for 1e25, and INF, -INF and NAN as words.
    """
    if number - number != 0.0:
        return "NAN" if number != number else "INF" if number > 0 else "-INF"
    short = f"{number:.14G}"
    if float(short) != number:
        short = _shortest(number)
    mantissa, mark, exponent = short.partition("E")
    if not mark:
        return short
    point = "" if "." in mantissa else ".0"
    return f"{mantissa}{point}E{int(exponent):+d}"


def _shortest(number: float) -> str:
    return next(text for text in (f"{number:.{digits}G}" for digits in (15, 16, 17)) if float(text) == number)


def php_int(number: int) -> str:
    """Write an integer in decimal.

    Raises WireError when it has more digits than Python converts.
    """
    try:
        return int.__repr__(number)
    except ValueError:
        raise WireError("An integer with thousands of digits cannot be written", SERVER) from None
