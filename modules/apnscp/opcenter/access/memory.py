"""What authentication has read of the store, kept for as long as nothing was committed (`store.commits`).

On a database server there is no such number, nothing is kept, and each call asks.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from apnscp.core.clock import monotonic
from apnscp.opcenter.store.commits import Commits

LONGEST = 1.0
"""Seconds after which everything is read anew, since other programs can change a database too."""
MOST = 1_000
"""Entries that are kept at once."""


class _Kept:
    """What was read while `number` was the number of the last commit; `until` is a time of the monotonic clock."""

    __slots__ = ("entries", "number", "until")

    def __init__(self, number: int | None, until: float) -> None:
        self.number = number
        self.until = until
        self.entries: dict[Hashable, Any] = {}


class Memory:
    """Keeps what was read, for the threads of a process."""

    def __init__(self, commits: Commits | None) -> None:
        """Keep things while `commits` stays the same, nothing without it."""
        self._commits = commits
        self._kept = _Kept(None, 0.0)

    def recall(self, name: Hashable) -> Any:
        """Return what was kept under a name and still holds, else None."""
        kept = self._kept
        found = kept.entries.get(name)
        if found is None or self._commits is None:
            return None
        return found if kept.number == self._commits.settled() and monotonic() < kept.until else None

    def number(self) -> int | None:
        """Return what `keep` needs to know; it is asked for before the store is read. None: nothing can be kept now."""
        return None if self._commits is None else self._commits.settled()

    def keep(self, number: int | None, name: Hashable, value: Any) -> None:
        """Keep what was read under a name.

        number: from `number`, before the reading; the transaction in which it was read must not have begun earlier
        """
        if number is None:
            return
        kept, now = self._kept, monotonic()
        if kept.number != number or now >= kept.until or len(kept.entries) >= MOST:
            self._kept = kept = _Kept(number, now + LONGEST)
        kept.entries[name] = value
