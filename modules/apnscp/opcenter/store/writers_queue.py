"""The queue of writers on SQLite: one writes at a time, the others wait in order and wake at once.

SQLite itself lets writers sleep and try again, so that an unlucky one waits for seconds while later ones pass it. Here
the threads of a process form a line, and of each process one thread at a time takes its turn with the other processes
through two locked files: who holds the first is next, who holds the second writes. A process that ends, however it
ends, lets go of both. Programs that know nothing of the queue are held off by SQLite's own lock as before.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from apnscp.core.clock import monotonic
from apnscp.core.errors import Busy
from apnscp.opcenter.store.errors import BUSY


class WritersQueue:
    """Lets one thread of all processes on a database file write at a time."""

    def __init__(self, database: Path) -> None:
        """Queue for the writers of a database file; the locked files stand beside it."""
        self._line = _Line()
        self._turns = _Turns(database)

    @contextmanager
    def turn(self, patience: float) -> Iterator[float]:
        """Wait for the turn, hold it for the length of the block, and give the seconds of patience that are left.

        patience: seconds to wait at most; raises Busy when they are over
        """
        until = monotonic() + patience
        if not self._line.enter(patience):
            raise Busy(BUSY)
        try:
            if not self._turns.take(until - monotonic()):
                raise Busy(BUSY)
            try:
                yield max(until - monotonic(), 0)
            finally:
                self._turns.give_back()
        finally:
            self._line.leave()

    def close(self) -> None:
        """Close the locked files."""
        self._turns.close()


class _Line:
    """Threads that wait in the order in which they came."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Event] = deque()

    def enter(self, patience: float) -> bool:
        """Wait until all earlier threads have left; False when `patience` seconds were not enough."""
        with self._mutex:
            if not self._taken:
                self._taken = True
                return True
            called = threading.Event()
            self._waiting.append(called)
        if called.wait(max(patience, 0)):
            return True
        with self._mutex:
            if called.is_set():  # called in the last moment
                return True
            self._waiting.remove(called)
            return False

    def leave(self) -> None:
        """Call the next thread."""
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


class _Turns:
    """The turn among processes; one thread of a process at a time asks for it."""

    def __init__(self, database: Path) -> None:
        self._paths = [database.with_name(f"{database.name}-{name}") for name in ("next", "writer")]
        self._files: list[int] = []
        self._mutex = threading.Lock()
        self._asking: _Asking | None = None

    def take(self, patience: float) -> bool:
        """Wait for the turn; False when `patience` seconds were not enough."""
        with self._mutex:
            self._open()
            if self._asking is None and self._at_once():
                return True
            asking = self._asking = self._asking or self._ask()
            asking.wanted = True
        asking.over.wait(max(patience, 0))
        with self._mutex:
            if asking.over.is_set():
                self._asking = None
            else:
                asking.wanted = False
            return asking.wanted

    def give_back(self) -> None:
        """Let the next process write."""
        fcntl.flock(self._files[1], fcntl.LOCK_UN)

    def close(self) -> None:
        """Close the files; where a thread waits for them, the end of the process does that."""
        with self._mutex:
            if self._asking is None:
                for number in self._files:
                    os.close(number)
                self._files = []

    def _open(self) -> None:
        if not self._files:
            self._files = [os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for path in self._paths]

    def _at_once(self) -> bool:
        """Take the turn if nobody has it and nobody waits for it."""
        first, second = self._files
        try:
            fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        try:
            fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            fcntl.flock(first, fcntl.LOCK_UN)
        return True

    def _ask(self) -> _Asking:
        """Let a thread wait for the turn, since nobody can wait for a locked file with a limit of time."""
        asking = _Asking()
        threading.Thread(target=self._wait, args=(asking,), name="turn", daemon=True).start()
        return asking

    def _wait(self, asking: _Asking) -> None:
        first, second = self._files
        fcntl.flock(first, fcntl.LOCK_EX)
        fcntl.flock(second, fcntl.LOCK_EX)
        fcntl.flock(first, fcntl.LOCK_UN)
        with self._mutex:
            if asking.wanted:
                asking.over.set()
            else:  # whoever asked has given up, and nobody came after
                self._asking = None
                fcntl.flock(second, fcntl.LOCK_UN)


class _Asking:
    """A thread's wait for the turn: whether somebody still wants it, and whether it is over."""

    def __init__(self) -> None:
        self.wanted = False
        self.over = threading.Event()
