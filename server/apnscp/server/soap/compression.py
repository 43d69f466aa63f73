"""Compressed requests, as PHP's client sends them with its option `compression` and PHP's server takes them."""

from __future__ import annotations

import zlib

from apnscp.wire.errors import WireError

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""zlib's window bits: 31 is gzip's frame, 15 is zlib's."""


def unpacked(body: bytes, encoding: str | None, largest: int) -> bytes:
    """Return the body of a request without its Content-Encoding.

    encoding: the header as sent; none and `identity` leave the body as it is
    largest: bytes that it may hold: what is small on the way may be a bomb
    Raises WireError for another encoding, for what does not unpack, and for more bytes than that.
    """
    named = (encoding or "identity").strip().lower()
    if named in ("", "identity"):
        return body
    if named not in _WINDOWS:
        raise WireError(f"Request is compressed with unknown compression '{named[:40]}'")
    unpacker = zlib.decompressobj(_WINDOWS[named])
    try:
        found = unpacker.decompress(body, largest + 1)
    except zlib.error:
        raise WireError("Can't uncompress compressed request") from None
    if len(found) > largest:
        raise WireError(f"The request body is larger than {largest} bytes")
    if not unpacker.eof:
        raise WireError("Can't uncompress compressed request")
    return found
