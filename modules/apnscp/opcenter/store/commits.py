"""The number of commits on an SQLite file, in memory that all processes of a machine share: has anything changed?

Whoever keeps what was read of the store asks here, for a tenth of a microsecond and without giving up the interpreter to
other threads, whether that still holds. The number stands in a small mapped file beside the database. A writer holds
its turn (`writers_queue`) and SQLite's own lock, and does this:

1. it makes the number odd: a commit may be under way;
2. it commits;
3. it makes the number even, a new one; only then does it give back its turn, and only then is its call answered.

A reader looks at the number first and reads the store afterwards. What it read may be kept under that number if it is
even, and counts only while the number is still the same. So nothing stale is ever believed:

- If the commit comes after the look and before the end of the reading, the number is another one by then or soon after:
  the number had to become odd between the look and the commit, and no number comes twice.
- If the look falls between 1 and 3, the number is odd, and nothing is kept or believed.
- If the look comes after 3, the reading comes after the commit and sees it.
- A call that begins after a writer's call was answered looks after 3.
- A writer that is killed between 1 and 2 or between 2 and 3 leaves an odd number: every reader asks the database until the
  next writer has finished. A rollback counts as a commit, since nobody needs to tell them apart.

The number is a word of eight bytes at the start of a page, written by one writer at a time and in one store, so that
readers see the former one or the next. Other programs that write the database (the sqlite3 shell) know nothing of it;
therefore nothing is kept for longer than a second either (`access.memory`).
"""

from __future__ import annotations

import errno
import fcntl
import mmap
import os
import threading
from pathlib import Path

from apnscp.core.errors import StoreUnavailable
from apnscp.opcenter.store.errors import FULL, READ_ONLY

_SIZE = 8
_MODE = 0o600


class Commits:
    """Counts the commits on a database file, together with all other processes that do."""

    def __init__(self, database: Path) -> None:
        """Count for a database file; the number stands beside it, in a file of its own that is opened when it is needed."""
        self._database = database
        self._path = database.with_name(f"{database.name}-commits")
        self._mutex = threading.Lock()
        self._number: memoryview | None = None

    def settled(self) -> int | None:
        """Return the number of the last commit; None while one may be under way, or where nobody can count."""
        try:
            number: int = (self._number or self._opened())[0]
        except (OSError, ValueError):  # ValueError: closed by another thread
            return None
        return None if number & 1 else number

    def begin(self) -> None:
        """Say that a commit may be under way; the caller holds the lock of writers until after `end`.

        Raises StoreUnavailable where the number cannot be written: a change that nobody hears of must not be made.
        """
        try:
            number = self._number or self._opened()
        except OSError as error:
            raise StoreUnavailable(FULL if error.errno == errno.ENOSPC else READ_ONLY) from error
        number[0] |= 1

    def end(self) -> None:
        """Say that whatever was begun is over, and that what was read before counts no longer."""
        if self._number is not None:
            self._number[0] = (self._number[0] | 1) + 1

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        self._number = None

    def _opened(self) -> memoryview:
        with self._mutex:
            if self._number is None:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _MODE)
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX)
                    self._prepare(descriptor)
                    fcntl.flock(descriptor, fcntl.LOCK_UN)
                    self._number = memoryview(mmap.mmap(descriptor, _SIZE)).cast("Q")
                finally:
                    os.close(descriptor)
            return self._number

    def _prepare(self, descriptor: int) -> None:
        """Give a new file its number and the owner of the database, as SQLite does with its own files.

        The zeros are written, not left as a hole, so that a full disk is told here. A store into a mapped hole would
        kill the process.
        """
        if os.fstat(descriptor).st_size >= _SIZE:
            return
        os.pwrite(descriptor, bytes(_SIZE), 0)
        if os.geteuid() == 0:
            owner = self._database.stat()
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
