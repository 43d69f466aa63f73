"""Show on a terminal that a long call is still running; nothing of it in a pipe."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 0.7
PACE = 0.1
FRAMES = "|/-\\"


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show `what` and the seconds that went by while the block runs, once it took longer than `PATIENCE`."""
    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        yield
        return
    done = threading.Event()
    line = threading.Thread(target=_draw, args=(what, done), daemon=True)
    line.start()
    try:
        yield
    finally:
        done.set()
        line.join()


def _draw(what: str, done: threading.Event) -> None:
    begun = time.monotonic()
    frame = 0
    if done.wait(PATIENCE):
        return
    while not done.wait(PACE):
        frame = (frame + 1) % len(FRAMES)
        sys.stderr.write(f"\r\x1b[2K{FRAMES[frame]} {what} {time.monotonic() - begun:.0f} s")
        sys.stderr.flush()
    sys.stderr.write("\r\x1b[2K")
    sys.stderr.flush()
