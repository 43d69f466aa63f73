"""/healthz answers in time, whatever the rest of the server waits for."""

from __future__ import annotations

import json
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
        busy = [clients.submit(server.get, f"/pool/held?{number}") for number in range(4)]
        assert server.until(lambda: len(list(server.state.glob("held-*"))) == 2)
        assert server.get("/healthz") == b"ok\n"
        assert not any(each.done() for each in busy)
        (server.state / "release").write_text("")


def test_a_health_check_that_hangs_is_503_within_its_deadline(server: Any) -> None:
    (server.state / "hang").write_text("")
    with ThreadPoolExecutor(4) as clients:
        answers = [each.result() for each in [clients.submit(asked, server) for _ in range(4)]]
    assert {status for status, _ in answers} == {503}
    assert all("does not answer" in body for _, body in answers)
    assert json.loads(server.get("/echo"))["PATH_INFO"] == "/echo"


def test_health_is_well_again_when_the_store_is(server: Any) -> None:
    (server.state / "hang").write_text("")
    assert server.request("GET", "/healthz")[0] == 503
    (server.state / "hang").unlink()
    assert server.until(lambda: server.request("GET", "/healthz")[0] == 200)


def asked(server: Any) -> tuple[int, str]:
    status, _, body = server.request("GET", "/healthz")
    return status, body.decode()
