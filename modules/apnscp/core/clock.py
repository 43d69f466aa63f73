"""The only place that reads the time.

Panel time (what the panel believes, in Unix seconds) can be shifted or frozen by tests; monotonic time measures
deadlines and is never turned.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime


def monotonic() -> float:
    """Return seconds of a clock that never goes back, for deadlines and durations."""
    return time.monotonic()


def wall() -> float:
    """Return the machine's own Unix time, for what the panel's clock must not move (certificates, log lines)."""
    return time.time()


@dataclass(frozen=True)
class Clock:
    """Panel time.

    offset: seconds added to the machine's time
    frozen_at: Unix time at which the clock stands, or None while it runs
    """

    offset: float = 0.0
    frozen_at: float | None = None

    def now(self) -> float:
        """Return panel time in Unix seconds, with fractions."""
        return time.time() + self.offset if self.frozen_at is None else self.frozen_at

    def unix(self) -> int:
        """Return panel time in whole Unix seconds."""
        return int(self.now())

    def datetime(self) -> datetime:
        """Return panel time as an aware datetime in UTC."""
        return datetime.fromtimestamp(self.now(), UTC)
