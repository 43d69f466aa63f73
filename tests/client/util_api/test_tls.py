"""What UtilAPI says when a certificate is not trusted."""

from __future__ import annotations

import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from apnscp.client.errors import ConnectionFailed
from apnscp.client.util_api.api import UtilAPI
from apnscp.server.http.tls import Pair, self_signed
from apnscp.wire.soap import description
from apnscp.wire.soap.description import Operation

KEY = "0123456789abcdef" * 4


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = description.write([Operation("test_edit", "Edit", [])], "https://elsewhere.test/soap")
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return self_signed(tmp_path / "tls", "127.0.0.1")


@contextmanager
def speaking_tls(pair: Pair, host: str) -> Iterator[int]:
    """Give a port of `host` on which TLS is spoken with a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair.cert, pair.key)
    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def port(pair: Pair) -> Iterator[int]:
    with speaking_tls(pair, "127.0.0.1") as port:
        yield port


def connect(host: str, port: int, cacert: Path | None = None, *, verify: bool = True) -> UtilAPI:
    return UtilAPI.create_client(
        KEY, f"https://{host}:{port}", verify=verify, cacert=None if cacert is None else str(cacert)
    )


def test_a_certificate_that_nobody_vouches_for_names_cacert(port: int) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        connect("127.0.0.1", port)
    assert caught.value.text == (
        f"The certificate of https://127.0.0.1:{port}/apnscp.wsdl is not trusted "
        '(self-signed certificate in certificate chain); trust it with cacert="FILE", or skip the check with verify=False'
    )


def test_the_wrong_cacert_is_told_as_well(port: int, tmp_path: Path) -> None:
    other = self_signed(tmp_path / "other", "127.0.0.1").ca
    with pytest.raises(ConnectionFailed, match=r'; trust another one with cacert="FILE"'):
        connect("127.0.0.1", port, other)


@pytest.mark.skipif(sys.platform != "linux", reason="127.0.0.9 is an address of this machine on Linux only")
def test_a_name_that_the_certificate_does_not_hold_is_not_mended_by_cacert(pair: Pair) -> None:
    told = r"; call the panel by a name that its certificate holds, or skip"
    with speaking_tls(pair, "127.0.0.9") as port, pytest.raises(ConnectionFailed, match=told):
        connect("127.0.0.9", port, pair.ca)


def test_a_cacert_that_cannot_be_read_is_named(port: int) -> None:
    with pytest.raises(ConnectionFailed, match=r"^/nowhere\.pem holds no certificates that can be read: "):
        connect("127.0.0.1", port, Path("/nowhere.pem"))


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_the_right_cacert_and_no_check_both_connect(port: int, pair: Pair) -> None:
    for client in (connect("127.0.0.1", port, pair.ca), connect("127.0.0.1", port, verify=False)):
        with client:
            assert client.wsdl_methods == ("test_edit",)
