"""The clock of an emulated panel, for tests to turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from apnscp.core.clock import Clock
from apnscp.core.context import Panel
from apnscp.core.moments import Moment, Span, moved, unix
from apnscp.opcenter.lifecycle import jobs
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.administrator import as_administrator


@dataclass(repr=False)
class PanelClock:
    """The clock of an emulated panel; sessions, bans and suspensions follow it.

    A turn past the time of a job of the panel does the job once, at the new time.
    """

    panel: Panel
    settle: Callable[[], None] = lambda: None
    """Writes what calls have left to be written, such as when a session was used: it belongs to the time before."""

    def now(self) -> float:
        """Return panel time in Unix seconds."""
        return self._clock().now()

    def advance(self, by: Span) -> list[jobs.Done]:
        """Move panel time forward, or back by a negative span; return what jobs of the panel did because of it.

        by: seconds, a timedelta, or text such as ``30d``, ``2 hours``, ``1 month``
        Raises ValueError and TypeError for what is no span, and where the clock would leave the years 1970 to 9998.
        """
        return self._turn(lambda clock, now: _at(clock, moved(now, by), now))

    def freeze(self, at: Moment | None = None) -> list[jobs.Done]:
        """Let panel time stand, at a moment or where it is; return what jobs of the panel did because of it.

        at: a datetime (UTC where it has no time zone), a date, ISO text, or Unix seconds
        Raises ValueError and TypeError for what is no moment, and outside of the years 1970 to 9998.
        """
        moment = None if at is None else unix(at)
        return self._turn(lambda _, now: Clock(frozen_at=now if moment is None else moment))

    def run(self) -> None:
        """Let a frozen clock go on from where it stands."""
        self._turn(lambda _, now: Clock(offset=now - Clock().now()))

    def __repr__(self) -> str:
        """Show the time, and whether the clock stands."""
        clock = self._clock()
        moment = datetime.fromtimestamp(clock.now(), UTC)
        return f"<PanelClock {moment:%Y-%m-%d %H:%M:%S} UTC, {'running' if clock.frozen_at is None else 'frozen'}>"

    def _clock(self) -> Clock:
        with reading(self.panel.engine) as db:
            return panel_clock.load(db)

    def _turn(self, turned: Callable[[Clock, float], Clock]) -> list[jobs.Done]:
        self.settle()
        with writing(self.panel.engine) as db:
            clock = panel_clock.load(db)
            before = clock.now()
            after = turned(clock, before)
            jobs.count_from(db, int(before))
            panel_clock.turn(db, after)
            jobs.count_from(db, after.unix())
        if after.now() <= before:
            return []
        return list(jobs.run_due(lambda: as_administrator(self.panel)))


def _at(clock: Clock, moment: float, now: float) -> Clock:
    """Return a clock that shows another moment, and runs or stands as it did."""
    if clock.frozen_at is not None:
        return Clock(clock.offset + moment - now, moment)
    return Clock(clock.offset + moment - now)
