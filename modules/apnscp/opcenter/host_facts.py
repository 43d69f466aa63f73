"""Facts of the machine that the server stands on: uptime, load, kernel."""

from __future__ import annotations

from pathlib import Path

from apnscp.core.clock import monotonic

_UNITS = (("month", 2592000), ("day", 86400), ("hour", 3600), ("min", 60))


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
