"""Listening sockets: opened once by the parent and handed to its workers, so that a taken port is seen at once."""

from __future__ import annotations

import errno
import socket
from contextlib import ExitStack, closing

from apnscp.server.http import port_names
from apnscp.server.settings import SetupError

BACKLOG = 1024

_TAKEN = 'port {port} of {host} is taken by {owner}; take another with {flag} (make serve ARGS="{flag} {other}")'
_REASONS = {
    errno.EACCES: "port {port} of {host} needs more rights; take one above 1023 with {flag}",
    errno.EADDRNOTAVAIL: "{host} is not an address of this machine",
    errno.EAFNOSUPPORT: "{host} cannot be used: this machine has no IPv6; take an IPv4 address with --host",
}


def listen(host: str, port: int, *, shared: bool = False, flag: str = "--port") -> socket.socket:
    """Open a listening socket, shared with nobody unless it is one of a group.

    host: address or name; of several addresses the first
    port: 0 takes a free one
    shared: with SO_REUSEPORT; off, because with it a second server would start silently and get half of the connections
    flag: the flag by which the port is chosen, for the refusal
    Raises SetupError, one line that says what is wrong and who holds a port that is taken.
    """
    family, address = _resolve(host, port)
    with ExitStack() as unless_done:
        try:
            opened = unless_done.enter_context(socket.socket(family, socket.SOCK_STREAM))
            _set_options(opened, host, shared)
            opened.bind(address)
            opened.listen(BACKLOG)
        except OSError as error:
            raise SetupError(_reason(error, host, port, flag)) from None
        unless_done.pop_all()
    opened.setblocking(False)
    return opened


def _set_options(opened: socket.socket, host: str, shared: bool) -> None:
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if shared:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    if opened.family == socket.AF_INET6:
        opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(host.strip("[]") != "::"))


def _reason(error: OSError, host: str, port: int, flag: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return _taken(host, port, flag)
    reason = _REASONS.get(error.errno or 0, "{host}:{port}: " + (error.strerror or str(error)))
    return reason.format(host=host, port=port, flag=flag)


def _taken(host: str, port: int, flag: str) -> str:
    pid = port_names.holder(host, port)
    owner = f"another apnscpd (pid {pid})" if pid else "another program"
    return _TAKEN.format(host=host, port=port, flag=flag, owner=owner, other=port + 10 if port < 65526 else port - 10)


def listen_for(workers: int, host: str, port: int, stack: ExitStack, *, flag: str = "--port") -> list[socket.socket]:
    """Open one listening socket per worker on the same port, closed with `stack`; the kernel shares connections out.

    One socket for all would give nearly every connection to the worker that asks first. The sockets of a group need
    SO_REUSEPORT, with which another server could join silently: so the port is first taken alone, and a name that only
    one process can hold keeps it from then on.
    Raises SetupError, one line that says what is wrong.
    """
    alone = listen(host, port, flag=flag)
    port = port_of(alone)
    try:
        port_names.hold(host, port, stack)
    except OSError:
        raise SetupError(_taken(host, port, flag)) from None
    finally:
        alone.close()
    return [stack.enter_context(closing(listen(host, port, shared=True))) for _ in range(workers)]


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
