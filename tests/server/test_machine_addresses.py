"""Under which addresses other machines reach a listener."""

from __future__ import annotations

import socket
from ipaddress import ip_address

import pytest

from apnscp.server.machine_addresses import addresses_behind, is_local


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "[::1]", "localhost", "panel.localhost", "127.8.8.8"])
def test_loopback_is_reached_from_this_machine_alone(host: str) -> None:
    assert is_local(host)
    assert addresses_behind(host) == []


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::1", "panel.example.com"])
def test_an_address_stands_for_itself(host: str) -> None:
    assert not is_local(host)
    assert addresses_behind(host) == [host]


def test_every_address_stands_for_those_that_this_machine_has() -> None:
    for host in ("0.0.0.0", "::"):
        assert not is_local(host)
        for address in map(ip_address, addresses_behind(host)):
            assert not address.is_loopback
            with socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6) as opened:
                opened.bind((str(address), 0))
    assert all(ip_address(address).version == 4 for address in addresses_behind("0.0.0.0"))
