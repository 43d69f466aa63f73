"""A line on a terminal while a call takes long; never in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apnscp.client.connection.panel_connection import PanelConnection

DELAY = 0.7
"""Seconds before anything is shown."""
INTERVAL = 0.1
"""Seconds between two frames."""
FRAMES = "|/-\\"
CLEAR = "\r\x1b[2K"


@dataclass
class Line:
    """What the line shows: the work, its seconds, and how much of the answer has come."""

    what: str
    started: float = field(default_factory=time.monotonic)
    size: int = 0
    frame: int = 0

    def received(self, size: int) -> None:
        """Set how many bytes of the answer have come."""
        self.size = size

    def text(self, now: float) -> str:
        """Return the line as it looks now."""
        self.frame = (self.frame + 1) % len(FRAMES)
        size = f", {self.size / 1e6:.1f} MB" if self.size else ""
        return f"{FRAMES[self.frame]} {self.what} {now - self.started:.0f} s{size}"


@contextmanager
def waiting(panel: PanelConnection, what: str, started: float | None = None) -> Iterator[None]:
    """Show the line while the block calls a panel, from `DELAY` seconds after the start of the work.

    what: what is done, for people
    started: when the work began that this call is part of, as `time.monotonic` gives it; now by default
    """
    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield
        return
    line, done = Line(what, time.monotonic() if started is None else started), threading.Event()
    drawing = threading.Thread(target=_draw, args=(line, done), daemon=True)
    panel.progress = line.received
    drawing.start()
    try:
        yield
    finally:
        done.set()
        drawing.join()
        panel.progress = None


def _draw(line: Line, done: threading.Event) -> None:
    if done.wait(max(DELAY - (time.monotonic() - line.started), 0)):
        return
    while True:
        sys.stderr.write(CLEAR + line.text(time.monotonic()))
        sys.stderr.flush()
        if done.wait(INTERVAL):
            break
    sys.stderr.write(CLEAR)
    sys.stderr.flush()
