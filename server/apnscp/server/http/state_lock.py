"""One state directory, one server: a lock that a server holds for as long as it lives.

Two servers on one directory would hide one another from ``cpcmd`` and ``apnscpd``, which read one note. The kernel gives
the lock back when its holder ends, however it ends, so that a killed server keeps nobody out.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import ExitStack
from pathlib import Path

from apnscp.server import endpoint
from apnscp.server.settings import SetupError

NAME = "server.lock"


class Taken(SetupError):
    """Another server holds the state directory; the text names its addresses and its pid."""


def hold(state: Path, stack: ExitStack) -> None:
    """Hold the state directory until `stack` is closed or this process ends.

    state: the directory, which is there
    Raises Taken while another server holds it.
    """
    descriptor = os.open(state / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    file = stack.enter_context(os.fdopen(descriptor, "r+"))
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Taken(_refusal(state, file.read().strip())) from None
    file.truncate()
    file.write(f"{os.getpid()}\n")
    file.flush()


def _refusal(state: Path, pid: str) -> str:
    running = endpoint.find(state)
    doing = f"runs on {state} already at {' and '.join(running.urls)}" if running else f"is starting on {state}"
    return (
        f"a server {doing} (pid {running.pid if running else pid}); stop it, give this one a directory of its own with"
        " --state-dir, or let both use this one with --share-state-dir"
    )
