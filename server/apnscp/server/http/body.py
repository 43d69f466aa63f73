"""A request body while it arrives: never too much of it."""

from __future__ import annotations

from dataclasses import dataclass

AT_ONCE = 65536
"""Bytes of Content-Length up to which a body takes nothing from the room of the large ones."""
ROOM = 256 * 1024 * 1024
"""Bytes that the bodies larger than AT_ONCE may take in a worker while they arrive."""
DRAIN = 64 * 1024 * 1024
"""Bytes of an oversized body that are read and thrown away, so that its sender gets to read the refusal."""

BUSY = "The server is busy; try again in a moment"


class Unacceptable(Exception):
    """A request that is refused without calling the application."""

    def __init__(self, status: int, text: str) -> None:
        """Keep the HTTP status and a sentence for the sender."""
        super().__init__(text)
        self.status = status
        self.text = text


@dataclass
class BodyLimits:
    """Limits of a body.

    size: bytes; seconds: until it has arrived
    room: bytes that the large bodies which are still arriving may take together
    """

    size: int
    seconds: float
    room: int = ROOM


class Body:
    """The body of one request.

    `refusal` says why the request will be refused once the rest has been read; None while it may be served.
    """

    __slots__ = ("_held", "_limits", "_pieces", "_promised", "_received", "refusal")

    def __init__(self, limits: BodyLimits, promised: int | None, refusal: Unacceptable | None = None) -> None:
        """Expect a body.

        promised: its Content-Length; None for one in chunks
        refusal: keep nothing of it, the request is refused anyway
        """
        self._limits = limits
        self._promised = promised
        self._pieces: list[bytes] = []
        self._received = 0
        self._held = 0
        self.refusal = refusal
        if refusal is None and promised is not None and promised > limits.size:
            self.refusal = self._too_large()

    def require_bearable(self, *, asked_first: bool) -> None:
        """Raise the refusal now where the sender waits for leave, or where the rest is too much to throw away.

        asked_first: whether the sender waits for 100 Continue
        """
        if self.refusal and (asked_first or (self._promised or 0) > DRAIN):
            raise self.refusal

    def add(self, piece: bytes) -> None:
        """Take what has arrived.

        Raises Unacceptable when there is no use in waiting for the rest: with 413 beyond DRAIN, with 503 without room.
        """
        self._received += len(piece)
        if self._received > DRAIN:
            raise self.refusal or self._too_large()
        if self._received > self._limits.size and self.refusal is None:
            self.refusal = self._too_large()
            self.release()
        if self.refusal is None:
            self._hold(len(piece))
            self._pieces.append(piece)

    def _hold(self, size: int) -> None:
        if self._promised is not None and self._promised <= AT_ONCE:
            return
        if size > self._limits.room:
            self.release()
            raise Unacceptable(503, BUSY)
        self._limits.room -= size
        self._held += size

    def take(self) -> bytes:
        """Return all of it, once it is all there; its room is free for others from then on."""
        pieces = self._pieces
        self.release()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def release(self) -> None:
        """Let go of what has arrived, and of its room."""
        self._limits.room += self._held
        self._held = 0
        self._pieces = []

    def late(self) -> Unacceptable:
        """Return the refusal of a body that takes too long."""
        return Unacceptable(408, f"The request body did not arrive within {self._limits.seconds:g} seconds")

    def cut(self) -> Unacceptable:
        """Return the refusal of a body that ends before its end."""
        promised = self._promised
        missing = "its end" if promised is None else f"the {promised} bytes that Content-Length promises"
        return Unacceptable(400, f"The request body broke off before {missing}")

    def _too_large(self) -> Unacceptable:
        return Unacceptable(413, f"The request body is larger than {self._limits.size} bytes")
