"""IP addresses and ranges in their usual form; IPv4 inside IPv6 is IPv4."""

from __future__ import annotations

import ipaddress

from apnscp.core.coerce import shown
from apnscp.core.errors import Refused

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")


def address(text: str) -> str:
    """Return an IPv4 or IPv6 address in its usual form, IPv4 inside IPv6 as IPv4; raises Refused for anything else."""
    try:
        return str(_unmapped(_parsed(text, single=True)).network_address)
    except ValueError:
        raise Refused("%s is no IP address; write one such as 192.0.2.1 or 2001:db8::1", shown(text)) from None


def network(text: str) -> str:
    """Return an address, or a range in CIDR notation with its host bits cleared, in its usual form.

    Raises Refused for anything else, and for the range of all addresses, which no list can hold.
    """
    try:
        found = _unmapped(_parsed(text, single=False))
    except ValueError:
        raise Refused("%s is neither an IP address nor a range such as 192.0.2.0/24", shown(text)) from None
    if found.prefixlen == 0:
        raise Refused("`%s' is every address there is; name a smaller range", text)
    return _written(found)


def _parsed(text: str, *, single: bool) -> Network:
    bare = text.strip()
    if "%" in bare or (single and "/" in bare):
        raise ValueError("a zone or a range")
    return ipaddress.ip_network(bare, strict=False)


def _unmapped(found: Network) -> Network:
    if isinstance(found, ipaddress.IPv4Network) or not found.subnet_of(_MAPPED):
        return found
    return ipaddress.IPv4Network((int(found.network_address) & 0xFFFFFFFF, found.prefixlen - 96))


def _written(found: Network) -> str:
    return str(found.network_address) if found.num_addresses == 1 else str(found)
