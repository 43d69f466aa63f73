"""IP addresses and ranges: how they are read, written and compared.

An IPv4 address inside an IPv6 one (``::ffff:192.0.2.1``) is that IPv4 address.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache

from apnscp.core.coerce import shown
from apnscp.core.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
_CUSTOMER_BITS = 64


def parse_address(text: str) -> Address:
    """Return an address without its zone: ``fe80::1%eth0`` is fe80::1; raises ValueError for anything else."""
    found = ipaddress.ip_address(text)
    if isinstance(found, ipaddress.IPv4Address):
        return found
    return found.ipv4_mapped or ipaddress.IPv6Address(int(found))


def parse_network(text: str) -> Network:
    """Return a range in CIDR notation with its host bits cleared; an address is the range of itself.

    Raises ValueError for anything else; a range has no zone.
    """
    found = ipaddress.ip_network(_without_zone(text), strict=False)
    if isinstance(found, ipaddress.IPv4Network) or not found.subnet_of(_MAPPED):
        return found
    return ipaddress.IPv4Network((int(found.network_address) & 0xFFFFFFFF, found.prefixlen - 96))


def _without_zone(text: str) -> str:
    if "%" in text:
        raise ValueError("an address with a zone")
    return text


def to_text(found: Network) -> str:
    """Return a range in its usual form: CIDR notation, or the address where it is a single one."""
    return str(found.network_address) if found.num_addresses == 1 else str(found)


@lru_cache(maxsize=4096)
def usual_form(text: str) -> str:
    """Return an address in its usual form, and what is not an address as it is."""
    try:
        return str(parse_address(text))
    except ValueError:
        return text


def customer_block(address: str) -> str:
    """Return an IPv4 address, or the /64 of an IPv6 one: a provider gives each customer that many addresses.

    Raises ValueError when the text is not an address.
    """
    found = parse_address(address)
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(ipaddress.IPv6Network((int(found), _CUSTOMER_BITS), strict=False))


def split(text: str) -> list[str]:
    """Return the entries of a list with commas or spaces between them."""
    return text.replace(",", " ").split()


def parse_list(text: str) -> list[Network]:
    """Return the addresses and ranges of a list; raises ValueError when an entry is neither."""
    return [parse_network(entry) for entry in split(text)]


def covers(listed: str, address: str) -> bool:
    """Tell whether a list of addresses and ranges, with commas or spaces between them, holds an address.

    An entry that is not an address covers nothing and does not keep the others from it.
    """
    try:
        own = parse_address(address)
    except ValueError:
        return False
    return any(own in network for network in _readable(listed))


@lru_cache(maxsize=256)
def _readable(listed: str) -> tuple[Network, ...]:
    found = []
    for entry in split(listed):
        try:
            found.append(parse_network(entry))
        except ValueError:
            continue
    return tuple(found)


def ipv4(text: str) -> str:
    """Return an IPv4 address in its usual form; raises ValueError for anything else."""
    return str(ipaddress.IPv4Address(text.strip(" ")))


def ipv6(text: str) -> str:
    """Return an IPv6 address in its shortest form; raises ValueError for anything else, and for one with a zone."""
    return str(ipaddress.IPv6Address(_without_zone(text.strip(" "))))


def address(text: str) -> str:
    """Return an address in its usual form; raises Refused for anything else, and for one with a zone."""
    try:
        return str(parse_address(_without_zone(text.strip())))
    except ValueError:
        raise Refused("%s is no IP address; write one such as 192.0.2.1 or 2001:db8::1", shown(text)) from None


def network(text: str) -> str:
    """Return an address or a range in its usual form.

    Raises Refused for anything else, and for the range of all addresses, which no list can hold.
    """
    try:
        found = parse_network(text.strip())
    except ValueError:
        raise Refused("%s is neither an IP address nor a range such as 192.0.2.0/24", shown(text)) from None
    if found.prefixlen == 0:
        raise Refused("`%s' is every address there is; name a smaller range", text)
    return to_text(found)
