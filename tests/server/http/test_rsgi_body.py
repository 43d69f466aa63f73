"""Memory that bodies take together while they arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from apnscp.server.http.body import BodyLimits, Unacceptable, read_body

PIECE = b"x" * 100_000


class Sender:
    """A client that sends `pieces` pieces, and holds the last one back until it may."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces
        self.may_end = asyncio.Event()
        self.reached = asyncio.Event()

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(self.pieces - 1):
            yield PIECE
        self.reached.set()
        await self.may_end.wait()
        yield PIECE


HEADERS = {"content-length": "300000"}


async def two_at_a_time(room: int) -> tuple[int, int]:
    """Send a second body while the first is held; return the status of the second and the room left at the end."""
    limits = BodyLimits(1_000_000, 5, room)
    first, second = Sender(3), Sender(3)
    reading = asyncio.create_task(read_body(first, HEADERS, limits))  # type: ignore[arg-type]
    await first.reached.wait()
    second.may_end.set()
    try:
        status = 200 if len(await read_body(second, HEADERS, limits)) == 300_000 else 0  # type: ignore[arg-type]
    except Unacceptable as refusal:
        status = refusal.status
    first.may_end.set()
    assert len(await reading) == 300_000
    return status, limits.room


@pytest.mark.parametrize(("room", "status"), [(500_000, 200), (499_999, 503)])
def test_a_body_that_finds_no_room_beside_others_is_turned_away(room: int, status: int) -> None:
    assert asyncio.run(two_at_a_time(room)) == (status, room)
