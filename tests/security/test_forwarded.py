"""Behind a proxy failures count for the client, in whatever form the proxy writes its address."""

from __future__ import annotations

import pytest

from apnscp.core.panel_settings import PanelSettings
from apnscp.opcenter.settings.config import DEFAULT_SETTINGS
from apnscp.server.authentication import UNKNOWN, client_address
from apnscp.server.testing import EmulatedPanel

TRUSTED = PanelSettings({**DEFAULT_SETTINGS, "core.http_trusted_forward": "127.0.0.1, 10.0.0.0/8"})


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.8", "203.0.113.8"),
        ("203.0.113.8:4444", "203.0.113.8"),
        (" 203.0.113.8 ", "203.0.113.8"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:203.0.113.8", "203.0.113.8"),
        ("[::ffff:203.0.113.8]:80", "203.0.113.8"),
        ("fe80::1%eth0", "fe80::1"),
        ("198.51.100.1, 203.0.113.8:4444", "203.0.113.8"),
        ("203.0.113.8:1, 10.0.0.5:2", "203.0.113.8"),
        ("10.0.0.6, 10.0.0.5", "127.0.0.1"),
        ("unknown", UNKNOWN),
        ("_hidden", UNKNOWN),
        ("", "127.0.0.1"),
        ("203.0.113.8, unknown", UNKNOWN),
        ("203.0.113.8,", UNKNOWN),
    ],
)
def test_the_last_hop_that_is_not_trusted_is_the_client(forwarded: str, address: str) -> None:
    assert client_address("127.0.0.1", forwarded, TRUSTED) == address


def test_a_peer_that_is_not_trusted_cannot_name_another_address() -> None:
    assert client_address("192.0.2.1", "203.0.113.8", TRUSTED) == "192.0.2.1"


@pytest.mark.parametrize("hop", ["203.0.113.8:4444", "[2001:db8::1]:80", "::ffff:203.0.113.9", "unknown"])
def test_a_client_behind_a_trusted_proxy_is_locked_out_in_every_form(panel: EmulatedPanel, hop: str) -> None:
    panel.call("scope:set", "cp.config", "core", "http_trusted_forward", "127.0.0.1")
    headers = {"X-Forwarded-For": hop}
    answers = [panel.request("POST", f"/soap?authkey={number:064x}", b"<", headers).status for number in range(21)]
    assert answers == [401] * 20 + [429]
    assert panel.call("common:whoami") == "admin"
