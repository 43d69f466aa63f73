"""The addresses of this machine, for people who are told where a server listens."""

from __future__ import annotations

import fcntl
import socket
import struct
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path

EVERY_ADDRESS = frozenset({"0.0.0.0", "::", ""})
"""What a host is written as that stands for every address of the machine."""
_SIOCGIFADDR = 0x8915
_IF_INET6 = Path("/proc/net/if_inet6")


def is_local(host: str) -> bool:
    """Tell whether a host is reached from this machine alone."""
    bare = host.strip("[]")
    try:
        return ip_address(bare).is_loopback
    except ValueError:
        return bare.lower() == "localhost" or bare.lower().endswith(".localhost")


def addresses_behind(host: str) -> list[str]:
    """Return the addresses under which other machines reach a listener on `host`, IPv4 first.

    host: ``0.0.0.0`` stands for every IPv4 address, ``::`` for every address; none for one of loopback
    """
    bare = host.strip("[]")
    if bare not in EVERY_ADDRESS:
        return [] if is_local(bare) else [bare]
    found = [*_ipv4(), *(_ipv6() if bare == "::" else ())]
    return [str(each) for each in dict.fromkeys(found) if not (each.is_loopback or each.is_link_local)]


def _ipv4() -> Iterator[IPv4Address]:
    """Give the first address of each interface that has one; none on a system that is asked in another way."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        for _, name in socket.if_nameindex():
            request = struct.pack("256s", name.encode()[:15])
            try:
                answer = fcntl.ioctl(asked, _SIOCGIFADDR, request)
            except OSError:  # an interface without an IPv4 address
                continue
            yield IPv4Address(answer[20:24])


def _ipv6() -> Iterator[IPv6Address]:
    """Give the addresses of each interface; none where the kernel has no IPv6."""
    if _IF_INET6.exists():
        for line in _IF_INET6.read_text().splitlines():
            yield IPv6Address(bytes.fromhex(line.split()[0]))
