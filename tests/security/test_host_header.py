"""A forged Host header is not written into the description or a page."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel

FORGED = [
    'evil.test"/><x',
    "evil.test/path",
    "evil.test?x",
    "user@evil.test",
    "evil.test:99999999",
    "evil.test evil",
    "evil.test\\x",
    "<script>",
    "",
    "[::1",
    "evil.test#x",
]


@pytest.mark.parametrize("host", FORGED)
def test_what_is_no_host_is_not_repeated(panel: EmulatedPanel, host: str) -> None:
    reply = panel.request("GET", "/apnscp.wsdl", headers={"Host": host})
    assert reply.status == 200
    assert b'location="http://localhost:2082/soap"' in reply.body
    assert b"evil.test" not in reply.body
    for path in ("/", "/login", "/apps/dashboard"):
        shown = panel.request("GET", path, headers={"Host": host})
        assert b"evil.test" not in shown.body
        assert b"<script>" not in shown.body


def test_one_clients_host_is_not_shown_to_the_next(panel: EmulatedPanel) -> None:
    panel.request("GET", "/apnscp.wsdl", headers={"Host": "first.test"})
    reply = panel.request("GET", "/apnscp.wsdl", headers={"Host": "second.test:2083"})
    assert b'location="http://second.test:2083/soap"' in reply.body
    assert b"first.test" not in reply.body


def test_a_host_decides_nothing_about_who_is_calling(panel: EmulatedPanel) -> None:
    from apnscp.wire.soap import envelope

    body = envelope.request("common_whoami", [])
    for host in ("localhost", "panel.example.test", "127.0.0.1"):
        assert panel.request("POST", "/soap", body, {"Host": host, "X-Forwarded-Host": host}).status == 401
