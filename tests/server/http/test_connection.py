"""A connection: several requests on it, clients that ask for other protocols, and answers that nobody takes."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest

SERVER = Any
PATIENCE = 60.0
LONG = "120"
CLOSE = b"GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
ASKING_FOR_MORE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n"


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory, running_server: Callable[..., Any]) -> Iterator[SERVER]:
    """A server whose deadlines are longer than a test."""
    state = tmp_path_factory.mktemp("patient") / "state"
    with running_server(state, APNSCP_BODY_TIMEOUT=LONG, APNSCP_HEADER_TIMEOUT=LONG, APNSCP_WORKERS="1") as running:
        yield running


def bodies(answers: bytes) -> list[str]:
    return [json.loads(part.partition(b"\r\n\r\n")[2])["body"] for part in answers.split(b"HTTP/1.1 ")[1:]]


def post(number: int, more: bytes = b"") -> bytes:
    body = b"<call-%d>" % number
    return b"POST /echo HTTP/1.1\r\nHost: a\r\n%bContent-Length: %d\r\n\r\n%b" % (more, len(body), body)


def test_requests_that_come_at_once_are_answered_in_their_order(patient: SERVER) -> None:
    answers = patient.raw(b"".join(map(post, range(200))) + CLOSE)
    assert bodies(answers) == [*(f"<call-{number}>" for number in range(200)), ""]


def test_a_request_in_a_thread_is_answered_before_those_behind_it(patient: SERVER) -> None:
    head = b"GET /pool/pid HTTP/1.1\r\nHost: a\r\n\r\n"
    answers = patient.raw(head + post(1) + head + post(2) + CLOSE)
    assert [part.partition(b"\r\n\r\n")[2][:1] for part in answers.split(b"HTTP/1.1 ")[1:]][1::2] == [b"{", b"{"]
    assert answers.count(b"HTTP/1.1 200 OK") == 5


def test_what_is_no_http_behind_a_request_does_not_cost_its_answer(patient: SERVER) -> None:
    answers = patient.raw(b"GET /pool/pid HTTP/1.1\r\nHost: a\r\n\r\nnonsense\r\n\r\n")
    assert answers.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"HTTP/1.1 400 Bad Request\r\n" in answers
    assert answers.endswith(b"The request is not valid HTTP\n")


def test_a_request_that_comes_byte_by_byte_is_read(patient: SERVER) -> None:
    with patient.connect() as opened:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in post(7, b"Connection: close\r\n"):
            opened.send(bytes([byte]))
        assert bodies(b"".join(iter(lambda: opened.recv(65536), b""))) == ["<call-7>"]


@pytest.mark.parametrize("request_", [post(3, ASKING_FOR_MORE), post(3, ASKING_FOR_MORE + b"Expect: 100-continue\r\n")])
def test_a_client_that_would_rather_speak_http_2_is_answered_in_http_1(patient: SERVER, request_: bytes) -> None:
    assert bodies(patient.raw(request_ + CLOSE).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")) == ["<call-3>", ""]


@pytest.mark.parametrize(
    ("start", "status"),
    [
        (b"CONNECT other.test:443 HTTP/1.1\r\nHost: other.test:443\r\n\r\n", b"501 Not Implemented"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"400 Bad Request"),
    ],
)
def test_proxies_and_http_2_are_refused(patient: SERVER, start: bytes, status: bytes) -> None:
    assert patient.raw(start).startswith(b"HTTP/1.1 %b\r\n" % status)


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(patient: SERVER) -> None:
    with patient.connect() as opened:
        head, _, body = post(5, b"Connection: close\r\nExpect: 100-continue\r\n").partition(b"\r\n\r\n")
        opened.sendall(head + b"\r\n\r\n")
        assert opened.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        opened.sendall(body)
        assert bodies(b"".join(iter(lambda: opened.recv(65536), b""))) == ["<call-5>"]


def test_http_1_0_keeps_a_connection_when_it_asks_to(patient: SERVER) -> None:
    kept = b"GET /echo HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"
    answers = patient.raw(kept + b"GET /echo HTTP/1.0\r\nHost: a\r\n\r\n")
    assert [line for line in answers.split(b"\r\n") if line.startswith(b"connection:")] == [
        b"connection: keep-alive",
        b"connection: close",
    ]


@pytest.mark.parametrize(
    "rest",
    [
        pytest.param(b"GET / HTTP/1.1\r\nHost: a\r\nX-A: ", id="a header without end"),
        pytest.param(b"GET /", id="a target without end"),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: ", id="a trailer"
        ),
        pytest.param(
            b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;x=", id="an extension of a chunk"
        ),
    ],
)
def test_nothing_without_end_is_kept(patient: SERVER, rest: bytes) -> None:
    with patient.connect() as opened:
        opened.sendall(rest)
        answer = b""
        while not answer:
            opened.sendall(b"x" * 20_000)
            opened.settimeout(0.2)
            try:
                answer = opened.recv(65536)
            except TimeoutError:
                continue
    assert answer.startswith(b"HTTP/1.1 431 ") or answer.startswith(b"HTTP/1.1 400 ")


def test_a_large_answer_comes_whole(patient: SERVER) -> None:
    assert patient.get("/large?3000000") == b"x" * 3_000_000


def test_an_answer_that_nobody_takes_ends_in_time(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_BODY_TIMEOUT="1", APNSCP_WORKERS="1")
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        opened.settimeout(PATIENCE)
        opened.connect(("127.0.0.1", running.port))
        opened.sendall(b"GET /large?30000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        time.sleep(3)
        received = 0
        with suppress(ConnectionResetError):
            while piece := opened.recv(65536):
                received += len(piece)
    assert received < 30_000_000


def test_an_answer_that_is_taken_slowly_comes_whole(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_BODY_TIMEOUT="2", APNSCP_WORKERS="1")
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        opened.settimeout(PATIENCE)
        opened.connect(("127.0.0.1", running.port))
        opened.sendall(b"GET /large?12000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        received = 0
        while piece := opened.recv(65536):
            received += len(piece)
            time.sleep(0.02)
    assert received > 12_000_000


def test_an_idle_connection_ends_in_time(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_HEADER_TIMEOUT="1", APNSCP_WORKERS="1")
    with running.connect() as opened:
        opened.sendall(post(1))
        assert b'"body": "<call-1>"' in b"".join(iter(lambda: opened.recv(65536), b""))
