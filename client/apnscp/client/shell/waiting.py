"""Show on a terminal that long work is still running; nothing of it in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apnscp.client.connection.transport import PanelConnection

PATIENCE = 0.7
PACE = 0.1
FRAMES = "|/-\\"
CLEAR = "\r\x1b[2K"


@dataclass
class Line:
    """The line that is drawn: what is done, for how long, and how much of the answer is there."""

    what: str
    begun: float = field(default_factory=time.monotonic)
    size: int = 0
    frame: int = 0

    def received(self, size: int) -> None:
        """Note how many bytes of the answer have come."""
        self.size = size

    def text(self, now: float) -> str:
        """Return the line as it looks now."""
        self.frame = (self.frame + 1) % len(FRAMES)
        size = f", {self.size / 1e6:.1f} MB" if self.size else ""
        return f"{FRAMES[self.frame]} {self.what} {now - self.begun:.0f} s{size}"


@contextmanager
def waiting(panel: PanelConnection, what: str, begun: float | None = None) -> Iterator[None]:
    """Show `what`, the seconds that went by and what came of the answer while the block calls a panel.

    begun: monotonic time at which the whole work began, of which this call is one part; now when left out. Nothing is
        shown before `PATIENCE` seconds have passed since
    """
    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield
        return
    line, done = Line(what, time.monotonic() if begun is None else begun), threading.Event()
    drawing = threading.Thread(target=_draw, args=(line, done), daemon=True)
    panel.received = line.received
    drawing.start()
    try:
        yield
    finally:
        done.set()
        drawing.join()
        panel.received = None


def _draw(line: Line, done: threading.Event) -> None:
    if done.wait(max(PATIENCE - (time.monotonic() - line.begun), 0)):
        return
    while True:
        sys.stderr.write(CLEAR + line.text(time.monotonic()))
        sys.stderr.flush()
        if done.wait(PACE):
            break
    sys.stderr.write(CLEAR)
    sys.stderr.flush()
