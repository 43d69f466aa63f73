"""TLS as clients meet it."""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SERVER = Any
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def everything(opened: socket.socket) -> bytes:
    received = b""
    while piece := opened.recv(65536):
        received += piece
    return received


def fetch(port: int, context: ssl.SSLContext) -> tuple[bytes, str | None]:
    with (
        socket.create_connection(("127.0.0.1", port), 5) as plain,
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


def openssl(port: int, version: str) -> subprocess.CompletedProcess[str]:
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", version, "-cipher", "ALL:@SECLEVEL=0"]
    return subprocess.run(command, input="", capture_output=True, text=True, timeout=10)


def test_tls_1_1_is_refused_by_the_server(server: SERVER) -> None:
    assert openssl(server.tls_port, "-tls1_2").returncode == 0
    older = openssl(server.tls_port, "-tls1_1")
    assert older.returncode != 0
    assert "SSL alert number" in older.stderr


def test_the_certificate_holds_for_the_names_of_this_machine(server: SERVER, trusting: ssl.SSLContext) -> None:
    for name in ("localhost", "127.0.0.1", "::1", socket.gethostname()):
        with (
            socket.create_connection(("127.0.0.1", server.tls_port), 5) as plain,
            trusting.wrap_socket(plain, server_hostname=name) as opened,
        ):
            assert opened.getpeercert()


def test_a_client_that_waits_for_the_end_of_the_connection_sees_it_at_once(
    server: SERVER, trusting: ssl.SSLContext
) -> None:
    """The TCP connection ends although the client never says close_notify (docs/clients.md, 7)."""
    trusting.check_hostname = False
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    talk = trusting.wrap_bio(incoming, outgoing, server_hostname="localhost")
    with socket.create_connection(("127.0.0.1", server.tls_port), 5) as plain:
        while True:
            try:
                talk.do_handshake()
                break
            except ssl.SSLWantReadError:
                plain.sendall(outgoing.read())
                incoming.write(plain.recv(65536))
        talk.write(REQUEST)
        started = time.monotonic()
        plain.sendall(outgoing.read())
        while piece := plain.recv(65536):
            incoming.write(piece)
        assert time.monotonic() - started < 0.5
    assert talk.read(65536).endswith(b"ok\n")


def test_plain_http_on_the_tls_port_gets_no_answer_and_harms_nobody(server: SERVER, trusting: ssl.SSLContext) -> None:
    with socket.create_connection(("127.0.0.1", server.tls_port), 5) as plain:
        plain.sendall(REQUEST)
        assert b"HTTP/1.1 200" not in everything(plain)
    assert fetch(server.tls_port, trusting)[0].endswith(b"ok\n")


def test_each_port_answers_the_other_protocol_as_the_clients_expect(server: SERVER) -> None:
    """`apnscp.client.connection.wrong_port` reads these answers."""
    with socket.create_connection(("127.0.0.1", server.tls_port), 5) as plain:
        plain.sendall(REQUEST)
        assert everything(plain)[:2] == b"\x15\x03"
    context = ssl.create_default_context()
    with socket.create_connection(("127.0.0.1", server.port), 5) as plain:
        with pytest.raises(ssl.SSLError) as caught:
            context.wrap_socket(plain, server_hostname="localhost")
        assert caught.value.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE")


def test_a_given_pair_is_served(server: SERVER, started: Callable[..., SERVER], tmp_path: Path) -> None:
    cert, key = tmp_path / "own.pem", tmp_path / "own.key"
    cert.write_bytes((server.state / "tls" / "server.pem").read_bytes())
    key.write_bytes((server.state / "tls" / "server.key").read_bytes())
    running = started(APNSCP_TLS_CERT=str(cert), APNSCP_TLS_KEY=str(key), APNSCP_WORKERS="1")
    context = ssl.create_default_context(cafile=str(server.ca))
    assert fetch(running.tls_port, context)[0].endswith(b"ok\n")
    assert not (running.state / "tls").exists()
