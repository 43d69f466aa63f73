"""Facts of the machine that the server stands on: names, uptime, load, kernel, operating system."""

from __future__ import annotations

import os
import platform
import socket
from pathlib import Path

from apnscp.core.clock import monotonic

_UNITS = (("month", 2592000), ("day", 86400), ("hour", 3600), ("min", 60))
LOAD_MINUTES = (1, 5, 15)


def own_names() -> set[str]:
    """Return the names under which clients on this machine reach the server, in lower case."""
    return {"localhost", "127.0.0.1", "::1", socket.gethostname().lower()}


def boot_seconds() -> int:
    """Return how many seconds the machine has been up."""
    try:
        return int(float(Path("/proc/uptime").read_text("ascii").split()[0]))
    except OSError:
        return int(monotonic())


def spelled_span(seconds: int) -> str:
    """Return a span as the panel spells it: months of 30 days, days, hours, minutes, and no seconds.

    A unit is written when the quotient exceeds 1, plural from 2 on (docs/panel.md, section 14).
    """
    words = []
    for name, length in _UNITS:
        count, rest = divmod(seconds, length)
        if seconds > length:
            words.append(f"{count} {name}{'s' if count >= 2 else ''}")
            seconds = rest
    return " ".join(words)


def load() -> dict[int, str]:
    """Return the load averages of 1, 5 and 15 minutes, keyed by the minutes, as text with two decimals."""
    return {minutes: f"{value:.2f}" for minutes, value in zip(LOAD_MINUTES, os.getloadavg(), strict=True)}


def kernel() -> str:
    """Return type and release of the kernel, each with its line break, as the panel reads them from /proc."""
    name = os.uname()
    return f"{name.sysname}\n {name.release}\n"


def operating_system() -> str:
    """Return the name of the operating system as it calls itself."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()
