"""Opening a store: engines for SQLite and PostgreSQL, and how their connections are set up."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import QueuePool

from apnscp.opcenter.store.commits import Commits
from apnscp.opcenter.store.writers_queue import WritersQueue

LOCK_TIMEOUT = 10
"""Seconds that a writer waits for another before it answers Busy."""

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",
    "PRAGMA mmap_size=268435456",
)
_POSTGRESQL = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
    "options": f"-c lock_timeout={LOCK_TIMEOUT}s -c statement_timeout=120s -c idle_in_transaction_session_timeout=120s",
}
"""No wait is without an end: for a connection, a lock, a statement, or a network that has gone silent.

A statement over all sites may take a while; a lock, at most as long as on SQLite.
"""

_queues: WeakKeyDictionary[Engine, WritersQueue] = WeakKeyDictionary()
_commits: WeakKeyDictionary[Engine, Commits] = WeakKeyDictionary()


def open_engine(url: str, *, pool_size: int = 12, durable: bool = True) -> Engine:
    """Open a store.

    url: SQLAlchemy's form; ``postgresql://`` means psycopg 3; ``sqlite:///FILE`` a file in WAL mode
    pool_size: connections kept open; SQLite needs one per thread that works at the same time
    durable: whether a change that was acknowledged outlives a crash of the machine, on SQLite; one of the process it
        always does
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(
            parsed, pool_size=pool_size, max_overflow=4, pool_pre_ping=True, pool_timeout=LOCK_TIMEOUT,
            hide_parameters=True, connect_args=_POSTGRESQL,
        )  # fmt: skip
    if parsed.database:
        Path(parsed.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    arguments = {"timeout": LOCK_TIMEOUT, "check_same_thread": False, "isolation_level": None}
    engine = create_engine(
        parsed,
        connect_args=arguments,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=4,
        pool_reset_on_return=None,
        pool_timeout=LOCK_TIMEOUT,
        hide_parameters=True,
    )
    event.listen(engine, "connect", partial(_prepare_sqlite, durable))
    event.listen(engine, "begin", _begin_sqlite)
    if parsed.database and parsed.database != ":memory:":
        file = Path(parsed.database).resolve()
        queue, commits = WritersQueue(file), Commits(file)
        _queues[engine], _commits[engine] = queue, commits
        for held in (queue, commits):
            event.listen(engine, "engine_disposed", lambda _, held=held: held.close())
    return engine


def queue_of(engine: Engine) -> WritersQueue | None:
    """Return the queue of writers, None where the database has locks for which writers wait in order."""
    return _queues.get(engine)


def commits_of(engine: Engine) -> Commits | None:
    """Return the number of commits on a store, None where the database must be asked whether anything has changed."""
    return _commits.get(engine)


def set_busy_timeout(connection: Connection, seconds: float) -> None:
    """Let a connection to SQLite wait for locks no longer than `seconds`, until this is set again."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={max(int(seconds * 1000), 1):d}")
    cursor.close()


def _prepare_sqlite(durable: bool, connection: Any, _: Any) -> None:
    for pragma in (*_PRAGMAS, f"PRAGMA synchronous={'FULL' if durable else 'OFF'}"):
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("apnscp_mode", "read")
    connection.exec_driver_sql("BEGIN" if mode == "read" else "BEGIN IMMEDIATE")
