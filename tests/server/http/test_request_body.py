"""Memory that bodies take together while they arrive."""

from __future__ import annotations

import pytest

from apnscp.server.http.body import DRAIN, Body, BodyLimits, Unacceptable

PIECE = b"x" * 100_000


def two_at_a_time(room: int, promised: int | None) -> tuple[int, int]:
    """Send a second body while the first waits for its last piece; return the status of the second and the room at the end."""
    limits = BodyLimits(1_000_000, 5, room)
    first, second = Body(limits, promised), Body(limits, promised)
    first.add(PIECE)
    first.add(PIECE)
    try:
        for _ in range(3):
            second.add(PIECE)
        status = 200 if second.take() == 3 * PIECE else 0
    except Unacceptable as refusal:
        status = refusal.status
    first.add(PIECE)
    assert first.take() == 3 * PIECE
    return status, limits.room


@pytest.mark.parametrize("promised", [300_000, None])
@pytest.mark.parametrize(("room", "status"), [(500_000, 200), (499_999, 503)])
def test_a_body_that_finds_no_room_beside_others_is_turned_away(promised: int | None, room: int, status: int) -> None:
    assert two_at_a_time(room, promised) == (status, room)


def test_a_body_that_turns_out_too_large_gives_its_room_back_and_keeps_nothing() -> None:
    limits = BodyLimits(150_000, 5, 1_000_000)
    body = Body(limits, None)
    body.add(PIECE)
    assert limits.room == 900_000
    body.add(PIECE)
    assert limits.room == 1_000_000
    assert body.refusal is not None
    assert (body.refusal.status, body.take()) == (413, b"")


def test_what_nobody_keeps_is_read_up_to_a_bound() -> None:
    body = Body(BodyLimits(10, 5), None)
    piece = bytes(DRAIN // 4)
    for _ in range(4):
        body.add(piece)
    with pytest.raises(Unacceptable, match="The request body is larger than 10 bytes") as caught:
        body.add(b"x")
    assert caught.value.status == 413
