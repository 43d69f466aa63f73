from __future__ import annotations

import ssl

import pytest

from apnscp.client.connection.address import Address, base_url
from apnscp.client.errors import ApisError


@pytest.mark.parametrize(
    ("server", "port", "url"),
    [
        (None, None, "http://localhost:2082"),
        (None, 2083, "https://localhost:2083"),
        ("panel.test", None, "http://panel.test:2082"),
        ("panel.test", 8080, "http://panel.test:8080"),
        ("panel.test:2083", None, "https://panel.test:2083"),
        ("https://panel.test", None, "https://panel.test:2083"),
        ("http://panel.test", None, "http://panel.test:2082"),
        ("https://panel.test:8443/apnscp.wsdl", None, "https://panel.test:8443"),
        ("https://127.0.0.1", 4430, "https://127.0.0.1:4430"),
        ("::1", None, "http://[::1]:2082"),
        ("[::1]:2083", None, "https://[::1]:2083"),
    ],
)
def test_server_and_port_say_where_the_panel_is(server: str | None, port: int | None, url: str) -> None:
    assert base_url(server, port) == url


@pytest.mark.parametrize("server", ["ftp://panel.test", "http://", "panel.test:99999"])
def test_what_is_no_server_is_refused(server: str) -> None:
    with pytest.raises(ApisError):
        base_url(server)


def test_own_certificates_are_trusted_and_checked() -> None:
    assert Address("https://x", cacert="/tmp/ca.pem").requests_verify == "/tmp/ca.pem"
    assert Address("https://x").requests_verify is True
    assert Address("https://x", cacert="/tmp/ca.pem", verify=False).requests_verify is False


def test_certificate_is_checked_with_its_host_name_unless_switched_off() -> None:
    checked, unchecked = Address("https://x").ssl_context(), Address("https://x", verify=False).ssl_context()
    assert (checked.verify_mode, checked.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert (unchecked.verify_mode, unchecked.check_hostname) == (ssl.CERT_NONE, False)


def test_key_and_session_are_not_shown() -> None:
    shown = repr(Address("https://x", "secret", session="secret", headers={"Auth": "secret"}))
    assert "secret" not in shown


def test_headers_hold_the_key_what_the_caller_adds_and_abort_on() -> None:
    address = Address("https://x", "key", headers={"X-Forwarded-For": "203.0.113.9"}, abort_on="error")
    assert address.call_headers() == {"Auth-Key": "key", "Abort-On": "error", "X-Forwarded-For": "203.0.113.9"}


def test_session_is_sent_instead_of_the_key() -> None:
    assert Address("https://x", "key").with_session("id").call_headers() == {"Cookie": "esprit_id=id"}


def test_credential_of_32_characters_is_a_session() -> None:
    address = Address("https://x", "key")
    assert address.with_credential("s" * 32).call_headers() == {"Cookie": "esprit_id=" + "s" * 32}
    assert address.with_session("id").with_credential("k" * 64).call_headers() == {"Auth-Key": "k" * 64}


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", " a", "ключ"])
def test_header_that_http_cannot_carry_is_refused(value: str) -> None:
    with pytest.raises(ApisError, match="The header X-Note holds characters that HTTP cannot carry"):
        Address("https://x", "key", headers={"X-Note": value}).call_headers()
