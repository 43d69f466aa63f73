"""A name for each port that a server of ours listens on, in the abstract namespace of Linux.

The kernel gives a name to one process only, and back when that process ends. Whoever finds a port taken learns from the
name that a server of ours holds it, and which process that is.
"""

from __future__ import annotations

import errno
import socket
import struct
import sys
from contextlib import ExitStack

BACKLOG = 1024
"""How often others may ask for the process behind a name; nobody takes their connections."""
_SAME_PORT = ("127.0.0.1", "0.0.0.0", "localhost", "::1", "::")
"""Hosts under which another server may have taken a port of this one's host."""


def hold(host: str, port: int, stack: ExitStack) -> None:
    """Hold the name of a port until `stack` is closed or this process ends; elsewhere than on Linux there is none.

    Raises OSError while another process holds it.
    """
    if sys.platform != "linux":
        return
    name = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
    try:
        name.bind(_name(host, port))
        name.listen(BACKLOG)
    except OSError as error:  # a sandbox may know no abstract names; the port itself is still taken by one server alone
        if error.errno == errno.EADDRINUSE:
            raise


def holder(host: str, port: int) -> int | None:
    """Return the process that serves a port of this machine, None when it is no server of ours."""
    hosts = dict.fromkeys((host, *_SAME_PORT)) if sys.platform == "linux" else {}
    return next(filter(None, (_pid_behind(_name(each, port)) for each in hosts)), None)


def _pid_behind(name: str) -> int | None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asked:
        asked.setblocking(False)
        try:
            asked.connect(name)
            pid: int = struct.unpack("3i", asked.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
        except OSError:
            return None
        return pid


def _name(host: str, port: int) -> str:
    return f"\0apnscpd-{host.strip('[]')}-{port}"
