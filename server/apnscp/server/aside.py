"""What outlives a rollback: changes queued by calls and written in a second, batched transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from sqlalchemy import Connection, Engine

from apnscp.core.context import Aside
from apnscp.opcenter.store import writing

log = logging.getLogger("apnscp.aside")
INTERVAL = 0.25
"""Seconds between two batches."""
LIMIT = 20_000
"""Changes kept while the store cannot be written; older ones are dropped, and the log says so."""


class Batch:
    """A queue of small changes and the thread that writes them."""

    def __init__(self, engine: Engine) -> None:
        """Start the thread with the first change."""
        self._engine = engine
        self._queue: list[Aside] = []
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._closed = False

    def add(self, work: Aside) -> None:
        """Queue a change."""
        with self._lock:
            self._queue.append(work)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="apnscp-aside", daemon=True)
                self._thread.start()
        self._wake.set()

    def flush(self) -> None:
        """Write what is queued now; a change that fails is logged and does not hold back the others."""
        with self._writing:
            with self._lock:
                work, self._queue = self._queue, []
            if work and not self._write(work):
                with self._lock:
                    self._queue = (work + self._queue)[-LIMIT:]

    def close(self) -> None:
        """Write the rest and end the thread."""
        self._closed = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(2)
        self.flush()

    def _run(self) -> None:
        pause: Callable[[float], bool] = threading.Event().wait
        while not self._closed:
            self._wake.wait()
            self._wake.clear()
            pause(INTERVAL)
            self.flush()

    def _write(self, work: list[Aside]) -> bool:
        try:
            with writing(self._engine) as connection:
                for change in work:
                    self._one(connection, change)
        except Exception as error:  # noqa: BLE001 - the batch is kept and tried again; the log tells
            log.warning("%d changes could not be written, they are tried again: %s", len(work), error)
            return False
        return True

    @staticmethod
    def _one(connection: Connection, change: Aside) -> None:
        try:
            with connection.begin_nested():
                change(connection)
        except Exception:
            log.exception("a queued change failed and is dropped")
