"""What a call changes, so that the journal can tell: single values, and states of things before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

MOST = 200
"""Entries kept of one call; what it changes beyond them is only counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after a call.

    subject: what it belongs to, such as ``site1 (example.com)``; name: such as ``diskquota,quota``
    before, after: as JSON has them, secrets masked; None where there is none
    """

    subject: str
    name: str
    before: Any
    after: Any


@dataclass(slots=True)
class Changes:
    """What one call has changed so far.

    entries: a `Change`, or the two states of a thing, from which `lifecycle.site_changes` works them out once the call is over
    beyond: how many more there were; settled: how many of the entries are committed
    """

    entries: list[Change | tuple[Any, Any]] = field(default_factory=list)
    beyond: int = 0
    settled: int = 0

    def add(self, entry: Change | tuple[Any, Any]) -> None:
        """Take in one more, or count it where there are `MOST` already."""
        if len(self.entries) < MOST:
            self.entries.append(entry)
        else:
            self.beyond += 1

    def mark(self) -> tuple[int, int]:
        """Return how far they go now, for `undo`."""
        return len(self.entries), self.beyond

    def undo(self, mark: tuple[int, int]) -> None:
        """Forget what came after a mark: the work was rolled back."""
        length, self.beyond = mark
        del self.entries[length:]

    def settle(self) -> None:
        """Note that everything so far is committed."""
        self.settled = len(self.entries)

    def kept(self) -> list[Change | tuple[Any, Any]]:
        """Return what is committed."""
        return self.entries[: self.settled]
