"""TLS as clients meet it."""

from __future__ import annotations

import socket
import ssl
import struct
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

SERVER = Any
PATIENCE = 60.0
LONG = "120"
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def everything(opened: socket.socket) -> bytes:
    received = b""
    while piece := opened.recv(65536):
        received += piece
    return received


def fetch(port: int, context: ssl.SSLContext) -> tuple[bytes, str | None]:
    with (
        socket.create_connection(("127.0.0.1", port), PATIENCE) as plain,
        context.wrap_socket(plain, server_hostname="localhost") as opened,
    ):
        opened.sendall(REQUEST)
        return everything(opened), opened.version()


@pytest.mark.parametrize(
    ("version", "name"), [(ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")]
)
def test_tls_1_2_and_1_3_are_served(
    server: SERVER, trusting: ssl.SSLContext, version: ssl.TLSVersion, name: str
) -> None:
    trusting.minimum_version = trusting.maximum_version = version
    answer, spoken = fetch(server.tls_port, trusting)
    assert answer.endswith(b"\r\n\r\nok\n")
    assert spoken == name


def client_hello(version: int) -> bytes:
    """Write the first message of a client that speaks no later version (RFC 5246, 7.4.1.2): 0x0302 is TLS 1.1."""
    ciphers = struct.pack("!5H", 0xC02F, 0xC02B, 0xC030, 0xC013, 0xC009)
    groups = struct.pack("!HHHHH", 10, 6, 4, 0x001D, 0x0017)
    formats = struct.pack("!HHBB", 11, 2, 1, 0)
    signatures = struct.pack("!HHHHHHH", 13, 10, 8, 0x0403, 0x0804, 0x0401, 0x0503)
    extensions = groups + formats + signatures + struct.pack("!HH", 23, 0)
    body = struct.pack("!H", version) + bytes(32) + b"\0" + struct.pack("!H", len(ciphers)) + ciphers + b"\1\0"
    body += struct.pack("!H", len(extensions)) + extensions
    message = b"\1" + len(body).to_bytes(3, "big") + body
    return struct.pack("!BHH", 22, 0x0301, len(message)) + message


def first_record(port: int, version: int) -> tuple[int, bytes]:
    """Return the type and the content of what a server says first to such a client."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as plain, plain.makefile("rb") as answers:
        plain.sendall(client_hello(version))
        kind, _, size = struct.unpack("!BHH", answers.read(5))
        return kind, answers.read(size)


def test_tls_1_1_is_refused_by_the_server(server: SERVER) -> None:
    handshake, alert, server_hello, fatal, protocol_version = 22, 21, 2, 2, 70
    kind, content = first_record(server.tls_port, 0x0303)
    assert (kind, content[0]) == (handshake, server_hello)
    assert first_record(server.tls_port, 0x0302) == (alert, bytes([fatal, protocol_version]))


def test_the_certificate_holds_for_the_names_of_this_machine(server: SERVER, trusting: ssl.SSLContext) -> None:
    for name in ("localhost", "127.0.0.1", "::1", socket.gethostname()):
        with (
            socket.create_connection(("127.0.0.1", server.tls_port), PATIENCE) as plain,
            trusting.wrap_socket(plain, server_hostname=name) as opened,
        ):
            assert opened.getpeercert()


def test_a_client_that_waits_for_the_end_of_the_connection_sees_it_at_once(
    started: Callable[..., SERVER],
) -> None:
    """The TCP connection ends although the client never says close_notify."""
    running = started(APNSCP_BODY_TIMEOUT=LONG, APNSCP_HEADER_TIMEOUT=LONG, APNSCP_WORKERS="1")
    context = ssl.create_default_context(cafile=str(running.ca))
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    talk = context.wrap_bio(incoming, outgoing, server_hostname="localhost")
    with socket.create_connection(("127.0.0.1", running.tls_port), PATIENCE) as plain:
        while True:
            try:
                talk.do_handshake()
                break
            except ssl.SSLWantReadError:
                plain.sendall(outgoing.read())
                incoming.write(plain.recv(65536))
        talk.write(REQUEST)
        plain.sendall(outgoing.read())
        while piece := plain.recv(65536):
            incoming.write(piece)
    assert talk.read(65536).endswith(b"ok\n")


def test_http_on_the_tls_port_is_answered_with_the_address_to_call(server: SERVER, trusting: ssl.SSLContext) -> None:
    with socket.create_connection(("127.0.0.1", server.tls_port), PATIENCE) as plain:
        plain.sendall(REQUEST.replace(b"localhost", b"panel.test:9"))
        answer = everything(plain).decode()
    way_out = f"call https://panel.test:9, or port {server.port} for HTTP"
    assert answer.startswith(f"HTTP/1.1 400 Bad Request: this port speaks TLS; {way_out}\r\n")
    assert answer.endswith(f"\r\n\r\nThis port speaks TLS, not HTTP; {way_out}\n")
    assert f"127.0.0.1 spoke HTTP to port {server.tls_port}, which is for TLS" in server.log()
    assert fetch(server.tls_port, trusting)[0].endswith(b"ok\n")


def test_http_to_the_soap_endpoint_of_the_tls_port_is_answered_with_a_fault(server: SERVER) -> None:
    request = urllib.request.Request(f"http://localhost:{server.tls_port}/soap", b"<x/>", {"Content-Type": "text/xml"})
    with pytest.raises(urllib.error.HTTPError) as caught, urllib.request.urlopen(request, timeout=PATIENCE):
        pass
    with caught.value as answer:
        assert answer.code == 400
        assert (
            f"<faultstring>This port speaks TLS, not HTTP; call https://localhost:{server.tls_port}, or port {server.port}"
            " for HTTP</faultstring>"
        ) in answer.read().decode()


def test_http_without_a_host_header_is_sent_to_the_address_it_reached(server: SERVER) -> None:
    with socket.create_connection(("127.0.0.1", server.tls_port), PATIENCE) as plain:
        plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert f"call https://127.0.0.1:{server.tls_port}, or" in everything(plain).decode()


def test_a_mistaken_client_is_not_waited_for_longer_than_others(server: SERVER) -> None:
    with socket.create_connection(("127.0.0.1", server.tls_port), PATIENCE) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-")
        assert everything(plain) == b""


def test_tls_on_the_http_port_is_ended_at_once_and_logged(started: Callable[..., SERVER]) -> None:
    """Clients say "wrong version number"; `apnscp.client.connection.wrong_port` reads that."""
    running = started(APNSCP_BODY_TIMEOUT=LONG, APNSCP_HEADER_TIMEOUT=LONG, APNSCP_WORKERS="1")
    context = ssl.create_default_context()
    with (
        socket.create_connection(("127.0.0.1", running.port), PATIENCE) as plain,
        pytest.raises(ssl.SSLError) as caught,
    ):
        context.wrap_socket(plain, server_hostname="localhost")
    assert caught.value.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")
    line = f"127.0.0.1 spoke TLS to port {running.port}, which is for HTTP; TLS is on port {running.tls_port}\n"
    assert running.log().count(line) == 1


def test_a_refusal_amid_a_body_reaches_the_client_over_tls(server: SERVER, trusting: ssl.SSLContext) -> None:
    with (
        socket.create_connection(("127.0.0.1", server.tls_port), PATIENCE) as plain,
        trusting.wrap_socket(plain, server_hostname="localhost") as opened,
    ):
        opened.sendall(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999999\r\n\r\n")
        with suppress(OSError):  # on a slow machine the server has hung up before everything is sent
            for _ in range(20):
                opened.sendall(b"x" * 50_000)
        answer = everything(opened)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert answer.endswith(b"\r\n\r\nThe request body is larger than 1000000 bytes\n")


def test_a_large_answer_comes_whole_over_tls(server: SERVER, trusting: ssl.SSLContext) -> None:
    with urllib.request.urlopen(f"https://localhost:{server.tls_port}/large?3000000", context=trusting) as answer:
        assert answer.read() == b"x" * 3_000_000


def test_a_given_pair_is_served(server: SERVER, started: Callable[..., SERVER], tmp_path: Path) -> None:
    cert, key = tmp_path / "own.pem", tmp_path / "own.key"
    cert.write_bytes((server.state / "tls" / "server.pem").read_bytes())
    key.write_bytes((server.state / "tls" / "server.key").read_bytes())
    running = started(APNSCP_TLS_CERT=str(cert), APNSCP_TLS_KEY=str(key), APNSCP_WORKERS="1")
    context = ssl.create_default_context(cafile=str(server.ca))
    assert fetch(running.tls_port, context)[0].endswith(b"ok\n")
    assert not (running.state / "tls").exists()
