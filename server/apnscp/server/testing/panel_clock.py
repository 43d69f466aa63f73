"""The clock of an emulated panel, for tests to turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from apnscp.core.clock import Clock
from apnscp.core.context import Panel
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.store.transactions import reading, writing


@dataclass
class PanelClock:
    """The clock of an emulated panel; sessions, bans and suspensions follow it."""

    panel: Panel
    settle: Callable[[], None] = lambda: None
    """Writes what calls have left to be written, such as when a session was used: it belongs to the time before."""

    def now(self) -> float:
        """Return panel time in Unix seconds."""
        with reading(self.panel.engine) as db:
            return panel_clock.load(db).now()

    def advance(self, seconds: float) -> None:
        """Move panel time forward, or back by a negative number."""
        self.settle()
        with writing(self.panel.engine) as db:
            clock = panel_clock.load(db)
            frozen = None if clock.frozen_at is None else clock.frozen_at + seconds
            panel_clock.turn(db, replace(clock, offset=clock.offset + seconds, frozen_at=frozen))

    def freeze(self, at: float | None = None) -> None:
        """Let panel time stand, at a Unix time or where it is."""
        self.settle()
        moment = self.now() if at is None else at
        with writing(self.panel.engine) as db:
            panel_clock.turn(db, Clock(frozen_at=moment))

    def run(self) -> None:
        """Let a frozen clock go on from where it stands."""
        moment = self.now()
        with writing(self.panel.engine) as db:
            panel_clock.turn(db, Clock(offset=moment - Clock().now()))
