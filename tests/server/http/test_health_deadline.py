"""/healthz answers in time, whatever the rest of the server waits for."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest


@pytest.fixture
def server(started: Callable[..., Any]) -> Any:
    """One worker, so that every request meets the same threads."""
    return started(APNSCP_WORKERS="1")


def test_health_does_not_wait_behind_calls(server: Any) -> None:
    with ThreadPoolExecutor(4) as clients:
        busy = [clients.submit(server.get, "/pool/slow?2") for _ in range(4)]
        while not (server.state / "slow-started").exists():
            time.sleep(0.01)
        started = time.monotonic()
        assert server.get("/healthz") == b"ok\n"
        assert time.monotonic() - started < 1
        assert not any(each.done() for each in busy)


def test_a_health_check_that_hangs_is_503_within_its_deadline(server: Any) -> None:
    (server.state / "hang").write_text("")
    with ThreadPoolExecutor(4) as clients:
        asked = [clients.submit(timed, server) for _ in range(4)]
        answers = [each.result() for each in asked]
    assert {status for status, _, _ in answers} == {503}
    assert max(seconds for _, _, seconds in answers) < 4
    assert all("does not answer" in json.dumps(body) for _, body, _ in answers)
    started = time.monotonic()
    assert json.loads(server.get("/echo"))["PATH_INFO"] == "/echo"
    assert time.monotonic() - started < 1, "the event loop waited for the health check"


def test_health_is_well_again_when_the_store_is(server: Any) -> None:
    (server.state / "hang").write_text("")
    assert server.request("GET", "/healthz")[0] == 503
    (server.state / "hang").unlink()
    deadline = time.monotonic() + 5
    while server.request("GET", "/healthz")[0] != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def timed(server: Any) -> tuple[int, Any, float]:
    started = time.monotonic()
    status, _, body = server.request("GET", "/healthz")
    return status, body.decode(), time.monotonic() - started
