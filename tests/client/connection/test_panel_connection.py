"""Calls over http.client: what is sent, what is read, and each way to fail."""

from __future__ import annotations

import socket
import ssl
import threading
from pathlib import Path
from typing import Any

import pytest

from apnscp.client.connection.address import Address
from apnscp.client.connection.panel_connection import PanelConnection, operation
from apnscp.client.errors import ApisError, AuthenticationFailed, ConnectionFailed, Fault, LockedOut, UnknownMethod
from apnscp.wire.errors import WireError

KEY = "ab" * 32


def test_call_sends_positions_and_gives_value_and_messages(canned_panel: Any) -> None:
    canned_panel.says("admin_collect", {"site1": {"n": [1, None]}}, (("info", "one"),))
    panel = PanelConnection(Address(canned_panel.url, KEY))
    answer = panel.call("admin:collect", ["siteinfo.domain"], None, {"a": True, "b": 1.5})
    assert answer.value == {"site1": {"n": [1, None]}}
    assert answer.messages == panel.messages == (("info", "one"),)
    assert canned_panel.asked == [("admin_collect", [["siteinfo.domain"], None, {"a": True, "b": 1.5}])]
    sent = canned_panel.headers[0]
    assert sent["auth-key"] == KEY
    assert "cookie" not in sent
    assert "abort-on" not in sent
    assert sent["soapaction"] == '"urn:net.apnscp.soap#admin_collect"'


def test_abort_on_travels_as_header(canned_panel: Any) -> None:
    canned_panel.says("common_whoami", "admin")
    PanelConnection(Address(canned_panel.url, KEY)).call("common:whoami", abort_on="error")
    PanelConnection(Address(canned_panel.url, KEY, abort_on="warning")).call("common:whoami")
    assert [headers["abort-on"] for headers in canned_panel.headers] == ["error", "warning"]


def test_further_headers_of_the_address_travel_with_every_call(canned_panel: Any) -> None:
    canned_panel.says("common_whoami", "admin")
    headers = {"X-Forwarded-For": "203.0.113.9"}
    PanelConnection(Address(canned_panel.url, KEY, headers=headers)).call("common:whoami")
    assert canned_panel.headers[0]["x-forwarded-for"] == "203.0.113.9"


def test_as_site_hijacks_and_calls_with_the_session_alone(canned_panel: Any) -> None:
    canned_panel.says("admin_hijack", "S" * 32)
    canned_panel.says("common_whoami", "bob")
    site = PanelConnection(Address(canned_panel.url, KEY)).as_site("example.com", "bob")
    assert site.call("common_whoami").value == "bob"
    assert canned_panel.asked == [("admin_hijack", ["example.com", "bob", "CLI"]), ("common_whoami", [])]
    assert canned_panel.headers[1]["cookie"] == "esprit_id=" + "S" * 32
    assert "auth-key" not in canned_panel.headers[1]


@pytest.mark.parametrize("session", [None, False, "", []])
def test_as_site_without_a_session_is_a_fault(canned_panel: Any, session: Any) -> None:
    canned_panel.says("admin_hijack", session)
    with pytest.raises(Fault, match=r"The panel gave no session for `nobody\.com'"):
        PanelConnection(Address(canned_panel.url, KEY)).as_site("nobody.com")


@pytest.mark.parametrize(
    ("text", "code", "status", "kind"),
    [
        ("Unknown site `x'", "Server", 500, Fault),
        ("Missing parameter `site'", "Client", 500, Fault),
        ("Procedure 'foo_bar' not present", "Server", 500, UnknownMethod),
        ("Wrong key", "Client", 401, AuthenticationFailed),
        ("Too many failures", "Client", 429, LockedOut),
    ],
)
def test_fault_has_its_kind_and_keeps_the_messages(
    canned_panel: Any, text: str, code: str, status: int, kind: type[Fault]
) -> None:
    canned_panel.fault("foo_bar", text, code, status, (("warning", "before"),))
    panel = PanelConnection(Address(canned_panel.url, KEY))
    with pytest.raises(Fault) as caught:
        panel.call("foo:bar")
    assert (type(caught.value), caught.value.text, caught.value.code) == (kind, text, code)
    assert panel.messages == (("warning", "before"),)


@pytest.mark.parametrize("body", [b"", b"<html>Bad Gateway</html>", b"\x00", b"<Envelope/>"])
def test_answer_that_is_no_envelope_is_a_failed_connection(canned_panel: Any, body: bytes) -> None:
    canned_panel.says("foo_bar", status=502, body=body)
    with pytest.raises(ConnectionFailed, match=r"/soap answered 502 without a SOAP envelope"):
        PanelConnection(Address(canned_panel.url, KEY)).call("foo:bar")


def test_slow_answer_is_a_failed_connection(canned_panel: Any) -> None:
    canned_panel.says("foo_bar", 1, delay=20.0)
    with pytest.raises(ConnectionFailed, match=r"did not answer within 0\.2 seconds"):
        PanelConnection(Address(canned_panel.url, KEY, timeout=0.2)).call("foo:bar")


def test_nobody_listening_is_a_failed_connection() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConnectionFailed, match=f"No panel listens at {url}"):
            PanelConnection(Address(url, KEY)).call("foo:bar")


@pytest.mark.parametrize("answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"])
def test_cut_connection_is_a_failed_connection(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            peer, _ = server.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(ConnectionFailed, match="gave no answer"):
            PanelConnection(Address(f"http://127.0.0.1:{server.getsockname()[1]}", KEY)).call("foo:bar")
        thread.join()


@pytest.mark.parametrize("key", ["a\nb", " a", "ключ"])
def test_key_that_no_header_can_carry_is_refused_before_it_is_sent(canned_panel: Any, key: str) -> None:
    with pytest.raises(ApisError, match="The header Auth-Key holds characters that HTTP cannot carry"):
        PanelConnection(Address(canned_panel.url, key)).call("foo:bar")
    assert canned_panel.asked == []


def test_call_without_a_key_is_refused_before_it_is_sent(canned_panel: Any) -> None:
    with pytest.raises(ApisError, match="There is no API key for http://"):
        PanelConnection(Address(canned_panel.url)).call("foo:bar")
    assert canned_panel.asked == []


def test_value_that_cannot_be_sent_is_a_wire_error(canned_panel: Any) -> None:
    with pytest.raises(WireError, match="type object cannot be written"):
        PanelConnection(Address(canned_panel.url, KEY)).call("foo:bar", object())


@pytest.mark.parametrize("name", ["admin:edit-site", "admin_edit_site", "admin:edit_site", " Admin:Edit-Site"])
def test_all_spellings_of_a_method_are_one(name: str) -> None:
    assert operation(name) == "admin_edit_site"


@pytest.mark.parametrize("name", ["", "admin", ":", "a:", "a b:c", "admin:x<y", "../etc", "9:a", "ä:b"])
def test_what_can_be_no_method_is_unknown_without_a_call(name: str) -> None:
    with pytest.raises(UnknownMethod, match="not present"):
        operation(name)


def test_self_signed_certificate_is_refused_unless_trusted_or_unchecked(tmp_path: Path) -> None:
    with TlsPanel(tmp_path) as url:
        with pytest.raises(ConnectionFailed, match=r"is not trusted .*; trust it with --cacert FILE"):
            PanelConnection(Address(url, KEY)).call("common:whoami")
        trusted = PanelConnection(Address(url, KEY, cacert=str(tmp_path / "cert.pem")))
        assert trusted.call("common:whoami").value == "admin"
        assert PanelConnection(Address(url, KEY, verify=False)).call("common:whoami").value == "admin"


def test_certificate_for_another_name_says_so(tmp_path: Path) -> None:
    with TlsPanel(tmp_path) as url:
        address = Address(url.replace("localhost", "127.0.0.1"), KEY, cacert=str(tmp_path / "cert.pem"))
        with pytest.raises(ConnectionFailed, match="; call the panel by a name that its certificate holds"):
            PanelConnection(address).call("common:whoami")


def test_other_certificate_than_the_trusted_one_asks_for_another_file(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    _make_certificate(other)
    with TlsPanel(tmp_path) as url, pytest.raises(ConnectionFailed, match="; trust another one with --cacert FILE"):
        PanelConnection(Address(url, KEY, cacert=str(other / "cert.pem"))).call("common:whoami")


def test_file_without_certificates_is_named() -> None:
    with pytest.raises(ConnectionFailed, match=r"/nowhere\.pem holds no certificates"):
        PanelConnection(Address("https://127.0.0.1:1", KEY, cacert="/nowhere.pem")).call("foo:bar")


class TlsPanel:
    """Answers `admin' to every request over TLS, with a certificate of its own for localhost."""

    def __init__(self, directory: Path) -> None:
        _make_certificate(directory)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(directory / "cert.pem", directory / "key.pem")
        self.server = socket.create_server(("127.0.0.1", 0))
        self.context = context

    def __enter__(self) -> str:
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return f"https://localhost:{self.server.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.server.close()

    def serve(self) -> None:
        while True:
            try:
                peer, _ = self.server.accept()
            except OSError:
                return
            self.answer(peer)

    def answer(self, peer: socket.socket) -> None:
        from apnscp.wire.soap import envelope

        body = envelope.response("common_whoami", "admin")
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        with peer:
            try:
                with self.context.wrap_socket(peer, server_side=True) as secure:
                    request = piece = secure.recv(65536)
                    while piece and b"</SOAP-ENV:Envelope>" not in request:
                        request += (piece := secure.recv(65536))
                    secure.sendall(head + body)
            except OSError:  # the client that does not trust us hangs up
                return


def _make_certificate(directory: Path) -> None:
    import datetime

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    begun = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, begun, begun + datetime.timedelta(days=9))
    named = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate = named.sign(key, hashes.SHA256())
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (directory / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (directory / "key.pem").write_bytes(secret)
