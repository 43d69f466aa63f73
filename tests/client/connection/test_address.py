from __future__ import annotations

import pytest

from apnscp.client.connection.endpoint import Endpoint, base_url
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
    assert Endpoint("key", "https://x", cacert="/tmp/ca.pem").trust == "/tmp/ca.pem"
    assert Endpoint("key", "https://x").trust is True
    assert Endpoint("key", "https://x", cacert="/tmp/ca.pem", verify=False).trust is False


def test_key_is_not_shown() -> None:
    assert "secret" not in repr(Endpoint("secret", "https://x", headers={"Auth": "secret"}))
