"""Answers that the brute-force guard holds back: others are served meanwhile, and the client learns nothing of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

SERVER = Any


@pytest.fixture
def server(started: Callable[..., Any]) -> Any:
    """One worker, so that every request meets the same event loop."""
    return started(APNSCP_WORKERS="1")


@pytest.mark.parametrize("path", ["/delayed", "/pool/delayed"])
def test_an_answer_waits_without_holding_others_up_and_loses_the_header(server: SERVER, path: str) -> None:
    with server.connect() as slow:
        begun = time.monotonic()
        slow.sendall(b"GET %b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" % path.encode())
        assert server.get("/echo")
        assert server.get("/pool/pid")
        slow.setblocking(False)
        with pytest.raises(BlockingIOError):
            slow.recv(1)
        slow.setblocking(True)
        answer = b"".join(iter(lambda: slow.recv(65536), b""))
    assert time.monotonic() - begun >= 2.9
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(b"\r\n\r\nlate")
    assert b"delay" not in answer
