"""Addresses, ranges and lists of them."""

from __future__ import annotations

import pytest

from apnscp.core.errors import Refused
from apnscp.opcenter.services import networks


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("0:0:0:0:0:FFFF:c000:201", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::1"),
    ],
)
def test_an_address_has_one_usual_form(text: str, usual: str) -> None:
    assert str(networks.parse_address(text)) == usual
    assert networks.usual_form(text) == usual


@pytest.mark.parametrize("text", ["", "unix", "192.0.2.256", "192.0.2.0/24", " 192.0.2.1", "192.0.2.1:80", "[::1]"])
def test_what_is_not_an_address_is_refused_and_kept_by_the_usual_form(text: str) -> None:
    with pytest.raises(ValueError):
        networks.parse_address(text)
    assert networks.usual_form(text) == text


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("192.0.2.7/24", "192.0.2.0/24"),
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7/32", "192.0.2.7"),
        ("2001:db8::1/32", "2001:db8::/32"),
        ("::ffff:192.0.2.7/120", "192.0.2.0/24"),
        ("::ffff:0:0/95", "::fffe:0:0/95"),
        ("0.0.0.0/0", "0.0.0.0/0"),
    ],
)
def test_a_range_loses_its_host_bits(text: str, usual: str) -> None:
    assert networks.to_text(networks.parse_network(text)) == usual


@pytest.mark.parametrize("text", ["", "192.0.2.1/33", "fe80::1%eth0", "fe80::1%eth0/64", "example.com", "192.0.2.1-9"])
def test_what_is_not_a_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        networks.parse_network(text)


@pytest.mark.parametrize(
    ("address", "customer"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_a_customer_has_one_ipv4_address_or_64_bits_of_ipv6(address: str, customer: str) -> None:
    assert networks.customer_block(address) == customer


def test_a_list_has_commas_or_spaces_or_both() -> None:
    assert [str(found) for found in networks.parse_list("192.0.2.1, 10.0.0.0/8 2001:db8::1,")] == [
        "192.0.2.1/32", "10.0.0.0/8", "2001:db8::1/128",
    ]  # fmt: skip
    assert networks.parse_list("") == []


@pytest.mark.parametrize(
    ("listed", "address", "covered"),
    [
        ("192.0.2.0/24", "192.0.2.9", True),
        ("192.0.2.0/24", "::ffff:192.0.2.9", True),
        ("::ffff:192.0.2.0/120", "192.0.2.9", True),
        ("192.0.2.0/24", "192.0.3.9", False),
        ("127.0.0.1, 2001:db8::/32", "2001:db8::9", True),
        ("fe80::/10", "fe80::1%eth0", True),
        ("0.0.0.0/0", "2001:db8::9", False),
        ("nonsense 192.0.2.9", "192.0.2.9", True),
        ("nonsense", "nonsense", False),
        ("", "192.0.2.9", False),
        ("192.0.2.0/24", "", False),
    ],
)
def test_a_list_covers_the_addresses_of_its_entries(listed: str, address: str, covered: bool) -> None:
    assert networks.covers(listed, address) is covered


def test_where_people_write_an_address_a_zone_is_refused() -> None:
    with pytest.raises(Refused, match=r"^`fe80::1%eth0' is no IP address"):
        networks.address("fe80::1%eth0")
    with pytest.raises(ValueError):
        networks.ipv6("fe80::1%eth0")


def test_the_range_of_all_addresses_is_refused_where_a_list_would_hold_it() -> None:
    with pytest.raises(Refused, match="every address there is"):
        networks.network("::ffff:0:0/96")
