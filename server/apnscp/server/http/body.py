"""Reading a request body before anything is done with it: never too much of it, never for too long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass
from typing import Protocol

from granian._granian import RSGIProtocolClosed as ProtocolClosed

AT_ONCE = 65536
"""Bytes of Content-Length up to which a body is read in one piece."""
ROOM = 256 * 1024 * 1024
"""Bytes that the bodies larger than AT_ONCE may take in a worker while they arrive."""
DRAIN = 64 * 1024 * 1024
"""Bytes of an oversized body that are read and thrown away, so that its sender gets to read the refusal."""

BUSY = "The server is busy; try again in a moment"


class Incoming(Protocol):
    """What granian gives to read a body from."""

    def __call__(self) -> Awaitable[bytes]:
        """Read everything."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Read piece by piece."""


class Headers(Protocol):
    """What granian gives to read request headers from; names are lower case."""

    def get(self, key: str, default: str | None = None) -> str | None:
        """Return the first header of this name."""

    def items(self) -> list[tuple[str, str]]:
        """Return all headers in their order, repeated ones too."""


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


async def read_body(incoming: Incoming, headers: Headers, limits: BodyLimits) -> bytes:
    """Read the body of a request.

    Raises Unacceptable with 408 when it takes too long, 413 when it is too large, 400 when it breaks off.
    """
    declared = headers.get("content-length")
    if declared is None and headers.get("transfer-encoding") is None:
        return b""
    promised = int(declared) if declared is not None else None
    if promised is not None and promised > limits.size and _can_wait(headers, promised):
        raise _too_large(limits)
    try:
        async with asyncio.timeout(limits.seconds):
            body = await _collect(incoming, promised, limits)
    except TimeoutError:
        raise Unacceptable(408, f"The request body did not arrive within {limits.seconds:g} seconds") from None
    except ProtocolClosed:
        raise _short(promised) from None
    if promised is not None and len(body) != promised:
        raise _short(promised)
    return body


def _can_wait(headers: Headers, promised: int) -> bool:
    return promised > DRAIN or (headers.get("expect") or "").lower() == "100-continue"


async def _collect(incoming: Incoming, promised: int | None, limits: BodyLimits) -> bytes:
    if promised is not None and promised <= min(AT_ONCE, limits.size):
        return await incoming()
    pieces: list[bytes] = []
    size = kept = 0
    try:
        async for piece in incoming:
            size += len(piece)
            if size > DRAIN:
                break
            if size > limits.size:
                pieces.clear()
                continue
            if len(piece) > limits.room:
                raise Unacceptable(503, BUSY)
            pieces.append(piece)
            limits.room -= len(piece)
            kept += len(piece)
    finally:
        limits.room += kept
    if size > limits.size:
        raise _too_large(limits)
    return b"".join(pieces)


def _too_large(limits: BodyLimits) -> Unacceptable:
    return Unacceptable(413, f"The request body is larger than {limits.size} bytes")


def _short(promised: int | None) -> Unacceptable:
    missing = "its end" if promised is None else f"the {promised} bytes that Content-Length promises"
    return Unacceptable(400, f"The request body broke off before {missing}")
