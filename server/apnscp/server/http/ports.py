"""Listening sockets: opened once by the parent and handed to its workers, so that a taken port is seen at once."""

from __future__ import annotations

import errno
import socket
import sys
from contextlib import ExitStack, closing

from apnscp.server.settings import SetupError

BACKLOG = 1024

_REASONS = {
    errno.EADDRINUSE: "port {port} of {host} is taken by another program",
    errno.EACCES: "port {port} of {host} needs more rights; take one above 1023",
    errno.EADDRNOTAVAIL: "{host} is not an address of this machine",
}


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """Open a listening socket, shared with nobody unless it is one of a group.

    host: address or name; of several addresses the first
    port: 0 takes a free one
    shared: with SO_REUSEPORT; off, because with it a second server would start silently and get half of the connections
    Raises SetupError, one line that says what is wrong.
    """
    family, address = _resolve(host, port)
    opened = socket.socket(family, socket.SOCK_STREAM)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
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


def listen_for(workers: int, host: str, port: int, stack: ExitStack) -> list[socket.socket]:
    """Open one listening socket per worker on the same port, closed with `stack`; the kernel shares connections out.

    One socket for all would give nearly every connection to the worker that asks first. The sockets of a group need
    SO_REUSEPORT, with which another server could join silently: so the port is first taken alone, and a name that only
    one process can hold keeps it from then on.
    Raises SetupError, one line that says what is wrong.
    """
    alone = listen(host, port)
    port = port_of(alone)
    stack.enter_context(closing(_port_lock(host, port)))
    alone.close()
    return [stack.enter_context(closing(listen(host, port, shared=True))) for _ in range(workers)]


def _port_lock(host: str, port: int) -> socket.socket:
    """Hold a name for the port in the abstract namespace, which Linux gives back when the process ends."""
    lock = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        if sys.platform == "linux":
            lock.bind(f"\0apnscpd-{host}-{port}")
    except OSError:
        lock.close()
        raise SetupError(_REASONS[errno.EADDRINUSE].format(host=host, port=port)) from None
    return lock


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
