"""Transfer over time: the cycles of an account, their days and services.

Only the running cycle has counters (`usage`); what it transferred is spread over its days so that the parts add up to
the counters exactly. Earlier cycles have figures derived from site and cycle, like everything that nobody set.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apnscp.core.clock import Clock
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.usage import figures

DAY = 86400
KEPT_CYCLES = 24
"""Cycles that are remembered, the running one included."""
_SERVICES = (("http", None, 70), ("mail", "mail", 20), ("ftp", "ftp", 10))
"""Name in the figures, service that must be on, share."""


@dataclass(frozen=True)
class Span:
    """What went in and out, in bytes, between two Unix times."""

    begin: int
    end: int
    received: int
    sent: int


@dataclass(frozen=True)
class Ledger:
    """The transfer of one account.

    counters: those of `figures.of`, for the running cycle
    """

    site_id: int
    metadata: Metadata
    counters: Mapping[str, int]
    clock: Clock

    def periods(self) -> list[tuple[int, int]]:
        """Return begin and end of each cycle since the account was made, oldest first, at most KEPT_CYCLES."""
        created = self.metadata.created
        found = [figures.cycle(self.metadata, self.clock)]
        while len(found) < KEPT_CYCLES and found[0][0] > created:
            found.insert(0, figures.cycle(self.metadata, Clock(frozen_at=found[0][0] - 1)))
        return found

    def cycles(self) -> list[Span]:
        """Return the transfer of each cycle, oldest first."""
        return [Span(begin, end, *self._total(begin)) for begin, end in self.periods()]

    def days(self) -> Iterator[Span]:
        """Go through the transfer of each day that has begun, oldest first."""
        for cycle in self.cycles():
            yield from self._days_of(cycle)

    def services(self, begin: int, end: int) -> list[tuple[str, int, int]]:
        """Return (service, in, out) of the days that lie between two times, partly or in full."""
        chosen = [day for day in self.days() if day.end > begin and day.begin < end]
        kinds = [(name, share) for name, needs, share in _SERVICES if needs is None or self.metadata.enabled(needs)]
        shares = [share for _, share in kinds]
        received = _spread(sum(day.received for day in chosen), shares)
        sent = _spread(sum(day.sent for day in chosen), shares)
        return [(name, *pair) for (name, _), pair in zip(kinds, zip(received, sent, strict=True), strict=True)]

    def _total(self, begin: int) -> tuple[int, int]:
        if begin == figures.cycle(self.metadata, self.clock)[0]:
            return self.counters["bandwidth_in"], self.counters["bandwidth_out"]
        out = int(figures.derived(self.site_id, self.metadata)["bandwidth_out"] * (0.5 + _chance(self.site_id, begin)))
        return out // 10, out

    def _days_of(self, cycle: Span) -> Iterator[Span]:
        first = max(cycle.begin, min(self.metadata.created // DAY * DAY, cycle.end - DAY))
        last = min(cycle.end, self.clock.unix() + 1)
        begins = list(range(first, last, DAY)) or [first]
        weights = [1 + int(9 * _chance(self.site_id, begin)) for begin in begins]
        parts = zip(begins, _spread(cycle.received, weights), _spread(cycle.sent, weights), strict=True)
        return (Span(begin, begin + DAY, received, sent) for begin, received, sent in parts)


def _chance(site_id: int, moment: int) -> float:
    """Return a number from 0 to 1 that depends on site and time alone."""
    return hashlib.sha256(b"transfer%d/%d" % (site_id, moment)).digest()[0] / 255


def _spread(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole parts of `total` in proportion to `weights`; they add up to it."""
    whole, reached, parts = sum(weights), 0, []
    for weight in weights:
        parts.append(total * (reached + weight) // whole - total * reached // whole)
        reached += weight
    return parts
