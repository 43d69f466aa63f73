"""What outlives a rollback: changes queued by calls and written in a second, batched transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert

from apnscp.core.context import Deferred, DeferredRow
from apnscp.core.errors import Busy, StoreUnavailable
from apnscp.opcenter.store.errors import meaning
from apnscp.opcenter.store.transactions import writing

log = logging.getLogger("apnscp.defer")
INTERVAL = 0.25
"""Seconds between two batches."""
PATIENCE = 5.0
"""Seconds that a flush waits for one that is under way; at the end of a process its thread may be gone."""
LIMIT = 20_000
"""Changes kept while the store cannot be written; older ones are dropped, and the log says so."""


class DeferredWriter:
    """A queue of small changes and the thread that writes them."""

    def __init__(self, engine: Engine) -> None:
        """Start the thread with the first change."""
        self._engine = engine
        self._queue: list[Deferred] = []
        self._rows: dict[Table, list[DeferredRow]] = {}
        self._inserts: dict[Table, tuple[str, Any]] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()

    def add(self, work: Deferred) -> None:
        """Queue a change."""
        with self._lock:
            self._queue.append(work)
        self._start()

    def add_row(self, table: Table, row: DeferredRow) -> None:
        """Queue a row for a table, or what makes it; rows of a batch are inserted together, which costs microseconds each."""
        with self._lock:
            self._rows.setdefault(table, []).append(row)
        self._start()

    def _start(self) -> None:
        if self._thread is None:
            with self._lock:
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name="apnscp-aside", daemon=True)
                    self._thread.start()
        if not self._wake.is_set():
            self._wake.set()

    def flush(self) -> None:
        """Write what is queued now; a change that fails is logged and does not hold back the others."""
        if not self._writing.acquire(timeout=PATIENCE):
            log.warning("queued changes were left: the thread that writes them does not end")
            return
        try:
            self._flush()
        finally:
            self._writing.release()

    def _flush(self) -> None:
        with self._lock:
            work, self._queue = self._queue, []
            queued, self._rows = self._rows, {}
        rows = {table: list(_made(table, many)) for table, many in queued.items()}
        if (work or rows) and not self._write(work, rows):
            with self._lock:
                self._queue = (work + self._queue)[-LIMIT:]
                for table, kept in rows.items():
                    self._rows[table] = [*kept, *self._rows.get(table, [])][-LIMIT:]

    def close(self) -> None:
        """Write the rest and end the thread."""
        self._ended.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(2)
        self.flush()

    def _run(self) -> None:
        while not self._ended.is_set():
            self._wake.wait()
            self._wake.clear()
            self._ended.wait(INTERVAL)
            self.flush()

    def _write(self, work: list[Deferred], rows: dict[Table, list[dict[str, Any]]]) -> bool:
        """Write a batch; False when the store cannot be written now and the batch is to be tried again."""
        try:
            with writing(self._engine) as connection:
                for table, many in rows.items():
                    self._insert_all(connection, table, many)
                for change in work:
                    _carry_out(connection, change)
        except (Busy, StoreUnavailable) as error:
            count = len(work) + sum(map(len, rows.values()))
            log.warning("%d changes could not be written, they are tried again: %s", count, error)
            return False
        except Exception:
            log.exception("a batch of changes failed and is dropped")
        return True

    def _insert_all(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows together; where one is bad, each by itself, so that it holds up nothing behind it."""
        if _succeeds(connection, lambda: self._insert(connection, table, rows)):
            return
        for row in rows:
            if not _succeeds(connection, partial(self._insert, connection, table, [row])):
                log.error("a row for %s cannot be kept and is dropped", table.name)

    def _insert(self, connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
        """Insert rows straight through the driver: SQLAlchemy's work for each would take as long as the call it notes."""
        if table not in self._inserts:
            compiled = insert(table).compile(dialect=connection.dialect, column_keys=list(rows[0]))
            order = getattr(compiled, "positiontup", None)
            self._inserts[table] = (str(compiled), None if order is None else itemgetter(*order))
        sql, in_order = self._inserts[table]
        many = rows if in_order is None else list(map(in_order, rows))
        connection.exec_driver_sql(sql, many)


def _made(table: Table, rows: Iterable[DeferredRow]) -> Iterator[dict[str, Any]]:
    """Give the rows, made now where they were left to be made; one that cannot be made holds up nothing behind it."""
    for row in rows:
        try:
            yield row() if callable(row) else row
        except Exception:
            log.exception("a row for %s cannot be made and is dropped", table.name)


def _succeeds(connection: Connection, work: Callable[[], object]) -> bool:
    """Do something in a savepoint and tell whether it went well; raises what keeps the whole store from being written."""
    try:
        with connection.begin_nested():
            work()
    except Exception as error:
        told = meaning(error)
        if isinstance(told, Busy | StoreUnavailable):
            raise told from error
        log.info("undone: %s", type(error).__name__)
        return False
    return True


def _carry_out(connection: Connection, change: Deferred) -> None:
    if not _succeeds(connection, lambda: change(connection)):
        log.error("a queued change failed and is dropped")
