"""A description without its address, so that each client gets it with the address that it used."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from typing import Any, Final

from apnscp.wire.soap.text import escape_attribute

GZIP: Final = 31
"""zlib's window bits for gzip's frame."""


class Addressed:
    """A document whose end depends on an address.

    Nearly all of it stands before the address, and is compressed and digested once.
    """

    __slots__ = ("_before", "_compressed", "_digest", "_ending")

    def __init__(self, before: str, ending: Callable[[str], str]) -> None:
        """Keep what comes before the address, and what writes the rest.

        ending: takes the address, escaped for an attribute
        """
        self._before = before.encode()
        self._ending = ending
        self._digest = hashlib.sha256(self._before)
        self._compressed: tuple[Any, bytes] | None = None

    def at(self, address: str) -> bytes:
        """Return the document for an address such as `http://localhost:2082/soap`."""
        return self._before + self._end(address)

    def compressed_at(self, address: str) -> bytes:
        """Return the same, as gzip compresses it."""
        if self._compressed is None:
            packer = zlib.compressobj(wbits=GZIP)
            self._compressed = packer, packer.compress(self._before)
        packer, begun = self._compressed
        packer = packer.copy()
        return begun + packer.compress(self._end(address)) + packer.flush()

    def digest_at(self, address: str) -> str:
        """Return 32 hexadecimal characters that differ when the document for an address does."""
        digest = self._digest.copy()
        digest.update(self._end(address))
        return digest.hexdigest()[:32]

    def _end(self, address: str) -> bytes:
        return self._ending(escape_attribute(address)).encode()
