"""The only place that reads the time.

Panel time (in Unix seconds) can be shifted or frozen by tests; monotonic time is for deadlines and is never changed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime


def monotonic() -> float:
    """Return the seconds of a clock that never goes back, for deadlines and durations."""
    return time.monotonic()


def wall() -> float:
    """Return the machine's Unix time, for what does not follow the panel's clock (certificates, log lines)."""
    return time.time()


@dataclass(frozen=True)
class Clock:
    """Panel time.

    offset: seconds added to the machine's time
    frozen_at: Unix time at which the clock stands still, None while it runs
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
