"""Listening sockets: opened once by the parent and handed to its workers, so that a taken port is seen at once."""

from __future__ import annotations

import errno
import socket

from apnscp.server.settings import SetupError

BACKLOG = 1024

_REASONS = {
    errno.EADDRINUSE: "port {port} of {host} is taken by another program",
    errno.EACCES: "port {port} of {host} needs more rights; take one above 1023",
    errno.EADDRNOTAVAIL: "{host} is not an address of this machine",
}


def listen(host: str, port: int) -> socket.socket:
    """Open a listening socket that is shared with nobody.

    host: address or name; of several addresses the first
    port: 0 takes a free one

    SO_REUSEPORT stays off: with it a second server would start silently and get half of the connections.
    Errors: SetupError, one line that says what is wrong
    """
    family, address = _resolve(host, port)
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(host != "::"))
    try:
        opened.bind(address)
        opened.listen(BACKLOG)
    except OSError as error:
        opened.close()
        reason = _REASONS.get(error.errno or 0, "{host}:{port}: " + (error.strerror or str(error)))
        raise SetupError(reason.format(host=host, port=port)) from None
    opened.setblocking(False)
    return opened


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise SetupError(f"{host} is not an address of this machine") from None
    family, _, _, _, address = sorted(found, key=lambda entry: entry[0] != socket.AF_INET)[0]
    return family, (str(address[0]), int(address[1]))


def port_of(opened: socket.socket) -> int:
    """Return the port that a socket listens on."""
    return int(opened.getsockname()[1])


def reachable(host: str) -> str:
    """Return the host under which this machine reaches its own listener: loopback for "every address"."""
    bare = host.strip("[]")
    bare = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bare, bare)
    return f"[{bare}]" if ":" in bare else bare
