"""Answers that the brute-force guard holds back: others are served meanwhile, and the client learns nothing of it."""

from __future__ import annotations

import asyncio
from time import monotonic

from apnscp.server.faults import DELAY
from apnscp.server.http.adapter import HttpResponse, _held_back


def test_an_answer_waits_without_holding_others_up_and_loses_the_header() -> None:
    slow = HttpResponse(401, [("content-type", "text/xml"), (DELAY, "0.4")], b"no")
    quick = HttpResponse(200, [("content-type", "text/xml")], b"yes")

    async def both() -> tuple[list[str], HttpResponse, float]:
        order: list[str] = []

        async def serve(name: str, answer: HttpResponse) -> HttpResponse:
            sent = await _held_back(answer)
            order.append(name)
            return sent

        begun = monotonic()
        sent, _, _ = await asyncio.gather(serve("slow", slow), serve("quick", quick), serve("quick", quick))
        return order, sent, monotonic() - begun

    order, sent, spent = asyncio.run(both())
    assert order == ["quick", "quick", "slow"]
    assert sent == HttpResponse(401, [("content-type", "text/xml")], b"no")
    assert spent >= 0.39
