"""Slow, large and broken requests: each gets a clear answer, and nobody else waits for it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

SERVER = Any
HALF = b"POST /soap HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\n<half"
LIMIT = 1_000_000
LONG = "120"
"""Seconds that a server gives half-sent requests where nobody may wait for them."""
QUICK = 60.0
"""Seconds that an answer may take on a slow machine: what waited for half-sent requests would take twice as long."""


def everything(opened: socket.socket) -> bytes:
    received = b""
    while piece := opened.recv(65536):
        received += piece
    return received


@contextmanager
def held(port: int, count: int, start: bytes) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(("127.0.0.1", port), QUICK)) for _ in range(count)]
        for each in opened:
            each.sendall(start)
        yield opened


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory, running_server: Callable[..., Any]) -> Iterator[SERVER]:
    """A server that gives half-sent requests more time than a test takes."""
    state = tmp_path_factory.mktemp("patient") / "state"
    with running_server(state, APNSCP_BODY_TIMEOUT=LONG, APNSCP_HEADER_TIMEOUT=LONG) as running:
        yield running


def answers_at_once(server: SERVER, path: str = "/healthz") -> bool:
    """Tell whether 40 requests are answered, each on a connection of its own, without waiting for half-sent ones."""
    started = time.monotonic()
    for _ in range(40):
        assert server.request("GET", path)[0] == 200
    return time.monotonic() - started < QUICK


def still_waiting(opened: socket.socket) -> bool:
    opened.setblocking(False)
    try:
        return opened.recv(1) == b"never"
    except BlockingIOError:
        return True


@pytest.mark.parametrize(
    ("count", "start"),
    [
        pytest.param(60, HALF, id="60 half-sent bodies"),
        pytest.param(60, HALF.replace(b"500", b"500000"), id="60 half-sent large bodies"),
        pytest.param(50, b"POST /soap HTTP/1.1\r\nHost: a\r\nX-Slow: ", id="50 half-sent headers"),
        pytest.param(50, b"", id="50 silent connections"),
    ],
)
def test_clients_that_stop_delay_nobody(patient: SERVER, count: int, start: bytes) -> None:
    with held(patient.port, count, start) as connections:
        assert answers_at_once(patient)
        assert answers_at_once(patient, "/pool/pid")
        assert all(still_waiting(each) for each in connections)


def test_clients_that_stop_within_the_tls_handshake_delay_nobody(patient: SERVER) -> None:
    with held(patient.tls_port, 50, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"):
        assert answers_at_once(patient)
        assert tls_get(patient).startswith(b"HTTP/1.1 200 ")


def tls_get(server: SERVER) -> bytes:
    import ssl

    context = ssl.create_default_context(cafile=str(server.ca))
    with (
        socket.create_connection(("127.0.0.1", server.tls_port), QUICK) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as opened,
    ):
        opened.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return everything(opened)


def test_a_body_that_takes_too_long_is_a_fault_with_408(server: SERVER) -> None:
    started = time.monotonic()
    answer = server.raw(HALF)
    assert 2 < time.monotonic() - started < QUICK
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"<faultstring>The request body did not arrive within 2.5 seconds</faultstring>" in answer


def test_a_body_that_drips_has_one_deadline_for_all_of_it(server: SERVER) -> None:
    with server.connect() as opened:
        opened.sendall(b"POST /soap HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        opened.setblocking(False)
        started, answer = time.monotonic(), b""
        while not answer and time.monotonic() - started < QUICK:
            opened.send(b"x")
            time.sleep(0.2)
            try:
                answer = opened.recv(65536)
            except BlockingIOError:
                continue
    assert answer.startswith(b"HTTP/1.1 408 ")


def test_headers_that_take_too_long_end_the_connection(server: SERVER) -> None:
    started = time.monotonic()
    assert server.raw(b"GET / HTTP/1.1\r\nHost: a\r\nX-") == b""
    assert 2 < time.monotonic() - started < QUICK


@pytest.mark.parametrize("size", [LIMIT + 1, 20_000_000])
def test_a_body_that_is_too_large_is_a_fault_with_413(patient: SERVER, size: int) -> None:
    status, headers, body = patient.request("POST", "/soap", b"x" * size)
    assert (status, headers["content-type"]) == (413, "text/xml; charset=utf-8")
    assert b"<faultcode>SOAP-ENV:Client</faultcode>" in body
    assert b"<faultstring>The request body is larger than 1000000 bytes</faultstring>" in body


@pytest.mark.parametrize(
    ("rest", "status", "code", "text"),
    [
        (b"Content-Length: 999999999999\r\n\r\nabc", 413, b"Sender", b"The request body is larger than 1000000 bytes"),
        (b"Content-Length: 500\r\n\r\n<half", 408, b"Sender", b"The request body did not arrive within 2.5 seconds"),
    ],
)
def test_a_refused_body_that_calls_itself_soap_12_is_a_fault_of_soap_12(
    server: SERVER, rest: bytes, status: int, code: bytes, text: bytes
) -> None:
    head = b'POST /soap HTTP/1.1\r\nHost: a\r\nContent-Type: application/soap+xml; charset=utf-8; action="x"\r\n'
    answer = server.raw(head + rest)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert b"\r\ncontent-type: application/soap+xml; charset=utf-8\r\n" in answer
    assert b"<env:Value>env:%b</env:Value></env:Code><env:Reason><env:Text>%b</env:Text>" % (code, text) in answer


def test_a_body_of_the_largest_size_is_read(patient: SERVER) -> None:
    assert patient.request("POST", "/echo", b"x" * LIMIT)[0] == 200


def test_a_chunked_body_that_is_too_large_is_refused_too(patient: SERVER) -> None:
    piece = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    head = b"POST /soap HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = patient.raw(head + piece * 40 + b"0\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_client_that_asks_before_sending_too_much_is_told_at_once(patient: SERVER) -> None:
    head = b"POST /soap HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 20000000\r\n\r\n"
    assert patient.raw(head).startswith(b"HTTP/1.1 413 ")


def test_a_promise_beyond_all_bounds_is_refused_without_reading(patient: SERVER) -> None:
    answer = patient.raw(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\nabc")
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b"\r\n\r\nThe request body is larger than 1000000 bytes\n")


@pytest.mark.parametrize("promised", [b"500", b"500000"])
def test_fewer_bytes_than_content_length_promises_is_a_fault_with_400(patient: SERVER, promised: bytes) -> None:
    with patient.connect() as opened:
        opened.sendall(HALF.replace(b"500", promised))
        opened.shutdown(socket.SHUT_WR)
        answer = everything(opened)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"broke off before the " + promised + b" bytes that Content-Length promises</faultstring>" in answer


def test_more_bytes_than_content_length_promises_are_not_part_of_the_request(patient: SERVER) -> None:
    answer = patient.raw(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcdef\r\n\r\n")
    first, _, second = answer.partition(b"HTTP/1.1 400 Bad Request")
    assert b'"body": "abc"' in first
    assert b"connection: close" in second


@pytest.mark.parametrize("length", [b"abc", b"-1", b"+3", b"3, 4", b"3\r\nContent-Length: 4"])
def test_a_content_length_that_is_no_number_is_a_bad_request(patient: SERVER, length: bytes) -> None:
    request = b"POST /soap HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + b"\r\n\r\nabc"
    assert patient.raw(request).startswith(b"HTTP/1.1 400 Bad Request\r\n")


def test_headers_that_are_too_large_are_refused(patient: SERVER) -> None:
    request = b"GET / HTTP/1.1\r\nHost: a\r\nX-Large: " + b"x" * 500_000 + b"\r\n\r\n"
    with patient.connect() as opened:
        opened.sendall(request)
        assert opened.recv(65536).startswith(b"HTTP/1.1 431 ")


def test_a_client_that_leaves_amid_its_body_leaves_no_trace(patient: SERVER) -> None:
    with held(patient.port, 5, HALF):
        pass
    assert patient.get("/healthz") == b"ok\n"
    assert "Traceback" not in patient.log()


def test_more_calls_than_threads_and_queue_hold_are_turned_away(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_WORKERS="1")
    statuses: list[int] = []

    def call(number: int) -> None:
        statuses.append(running.request("GET", f"/pool/held?{number}")[0])

    threads = [threading.Thread(target=call, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    assert running.until(lambda: statuses == [503] * 6)
    assert answers_at_once(running)
    assert len(list(running.state.glob("held-*"))) == 2
    (running.state / "release").touch()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 4 + [503] * 6
    assert running.request("GET", "/pool/pid")[0] == 200
