"""HTTP spoken to a port for TLS and TLS to one for HTTP, as cpcmd and UtilAPI tell it."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from apnscp.client import UtilAPI
from apnscp.client.connection.address import Address
from apnscp.client.connection.panel_connection import PanelConnection
from apnscp.client.errors import ConnectionFailed
from apnscp.server.http import tls

SPEAKS_TLS = (
    b"HTTP/1.1 400 Bad Request: this port speaks TLS; call https://127.0.0.1:1, or port 2 for HTTP\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)
"""What the server's TLS port answers to a request in HTTP (tests/server/http/test_tls_listener.py)."""
TLS_ALERT = b"\x15\x03\x03\x00\x02\x022"
"""What many other servers answer there."""
BAD_REQUEST = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
"""What the server's HTTP port answers to the beginning of TLS."""


def _answer(listening: socket.socket, reply: bytes) -> None:
    while True:
        try:
            peer, _ = listening.accept()
        except OSError:
            return
        with peer, suppress(OSError):  # the client may be gone first
            first = peer.recv(65536)
            peer.sendall(reply)
            peer.shutdown(socket.SHUT_WR)
            while first[:1] == b"P" and peer.recv(
                65536
            ):  # a POST is read to its end: closing before would cut the answer
                continue


def _shut(listening: socket.socket) -> None:
    """Let `accept` end; a listener is not connected, which some systems say by an error."""
    with suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def replying() -> Iterator[Callable[[bytes], int]]:
    """Listen on a free port that gives one answer to everything; give the port."""
    with ExitStack() as stack:

        def start(reply: bytes) -> int:
            listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
            stack.callback(_shut, listening)
            threading.Thread(target=_answer, args=(listening, reply), daemon=True).start()
            return int(listening.getsockname()[1])

        yield start


@pytest.mark.parametrize(
    ("scheme", "reply", "sentence"),
    [
        *(
            (
                "http",
                reply,
                "http://127.0.0.1:{0} speaks TLS, not HTTP; call https://127.0.0.1:{0}, or the panel's port for HTTP"
                " (2082 by default)",
            )
            for reply in (SPEAKS_TLS, TLS_ALERT)
        ),
        (
            "https",
            BAD_REQUEST,
            "https://127.0.0.1:{0} speaks HTTP, not TLS; call http://127.0.0.1:{0}, or the panel's port for TLS"
            " (2083 by default)",
        ),
    ],
)
def test_the_other_protocol_is_named_with_the_way_out(
    replying: Callable[[bytes], int], scheme: str, reply: bytes, sentence: str
) -> None:
    port = replying(reply)
    with pytest.raises(ConnectionFailed) as from_cpcmd:
        PanelConnection(Address(f"{scheme}://127.0.0.1:{port}", "key")).call("common:whoami")
    with pytest.raises(ConnectionFailed) as from_util_api:
        UtilAPI.create_client("key", f"{scheme}://127.0.0.1", port).common_whoami()
    assert str(from_cpcmd.value) == str(from_util_api.value) == sentence.format(port)


def _cut_what_is_not_tls(listening: socket.socket, pair: tls.Pair) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.cert, pair.key)
    while True:
        try:
            peer, _ = listening.accept()
        except OSError:
            return
        with peer:
            if peer.recv(1, socket.MSG_PEEK) == b"\x16":
                context.wrap_socket(peer, server_side=True).close()
            else:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def test_a_tls_port_that_cuts_the_request_is_known_too(tmp_path: Path) -> None:
    pair = tls.self_signed(tmp_path, "127.0.0.1")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        answering = threading.Thread(target=_cut_what_is_not_tls, args=(listening, pair), daemon=True)
        answering.start()
        with pytest.raises(ConnectionFailed, match=f"http://127.0.0.1:{port} speaks TLS, not HTTP; call https://"):
            PanelConnection(Address(f"http://127.0.0.1:{port}", "key")).call("common:whoami")
        listening.shutdown(socket.SHUT_RDWR)
        answering.join()
