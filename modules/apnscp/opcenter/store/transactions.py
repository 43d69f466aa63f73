"""Transactions: one that reads, one that writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from types import TracebackType

from sqlalchemy import Connection, Engine, RootTransaction

from apnscp.opcenter.store.commits import Commits
from apnscp.opcenter.store.engine import LOCK_TIMEOUT, commits_of, queue_of, set_busy_timeout
from apnscp.opcenter.store.errors import meaning, told_apart

_FAILED = "apnscp_failed"
_ALONE = 0x61706E73
_UNIT = "apnscp_unit"
_NEARLY = 1.0
"""Seconds by which a wait may be longer than asked for, so that most writers need no setting of their own."""


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads: one consistent view, no lock.

    A connection in which something failed is closed: a result that was left open in it would keep its old view alive,
    and later calls would see ended keys and sessions as they were.
    Raises Busy or StoreUnavailable where the database says so.
    """
    with told_apart(), engine.connect() as connection:
        try:
            yield connection
        except BaseException:
            mark_failed(connection)
            raise
        finally:
            _end(connection)


class View:
    """A transaction that reads, whose connection is taken when it is first asked for: many calls need none.

    A context manager; otherwise as `reading`.
    """

    __slots__ = ("_engine", "opened")

    def __init__(self, engine: Engine) -> None:
        """Look at the store of `engine`; `opened` is the connection once there is one."""
        self._engine = engine
        self.opened: Connection | None = None

    @property
    def db(self) -> Connection:
        """Return the connection; what it reads is one consistent view."""
        if self.opened is None:
            with told_apart():
                self.opened = self._engine.connect()
        return self.opened

    @property
    def has_begun(self) -> bool:
        """Tell whether something was read already, so that what is read now may be older than the store is."""
        return self.opened is not None and self.opened.in_transaction()

    def begin_anew(self) -> None:
        """Let what is read next see what was committed meanwhile."""
        if self.opened is not None:
            self.opened.rollback()

    def mark_failed(self) -> None:
        """Let the connection be closed in the end, because something failed in it that was caught."""
        if self.opened is not None:
            mark_failed(self.opened)

    def __enter__(self) -> View:
        """Begin; nothing is opened yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the transaction and give the connection back; raises what an error of the database means."""
        if error is not None:
            self.mark_failed()
        try:
            if self.opened is not None:
                with told_apart():
                    _end(self.opened)
        finally:
            self._give_back()
        told = meaning(error) if isinstance(error, Exception) else None
        if told is not None:
            raise told from error

    def _give_back(self) -> None:
        held, self.opened = self.opened, None
        if held is not None:
            held.close()


def mark_failed(connection: Connection) -> None:
    """Let a connection be closed when its transaction ends, because something failed in it that was caught."""
    if not connection.invalidated:
        connection.info[_FAILED] = True


def _end(connection: Connection) -> None:
    if connection.invalidated:
        return
    if connection.info.pop(_FAILED, False):
        connection.invalidate()
    else:
        connection.rollback()


@contextmanager
def writing(engine: Engine, begun: Connection | None = None, *, patience: float = LOCK_TIMEOUT) -> Iterator[Connection]:
    """Open a writing transaction, committed at the end and rolled back by an error.

    begun: a connection whose reading transaction is over with this; without one another connection is taken
    patience: seconds to wait for other writers at most
    On SQLite it begins IMMEDIATE: a read that turns into a write fails under two processes. Raises Busy when others
    write for longer than `patience` or it ends in a deadlock, StoreUnavailable when the store cannot be written,
    Refused when another took a unique name first.
    """
    with told_apart(), nullcontext(begun) if begun is not None else engine.connect() as connection:
        connection.rollback()
        unit = connection.info[_UNIT] = _Unit(connection, engine, patience)
        try:
            unit.begin()
            yield connection
            unit.commit()
        except BaseException:
            if unit.roll_back():
                mark_failed(connection) if begun is not None else connection.invalidate()
            raise
        finally:
            unit.leave()
            if not connection.invalidated:
                connection.info.pop(_UNIT, None)


def let_others_write(connection: Connection) -> None:
    """Commit what a writing transaction has done so far, let others write who wait, and go on in a new one.

    connection: one that `writing` has given. What is read after this may have changed meanwhile. Raises Busy as
    `writing` does; what was committed stays.
    """
    unit: _Unit = connection.info[_UNIT]
    unit.commit()
    unit.leave()
    unit.begin()


class _Unit:
    """A writing transaction and the turn among the writers in which it takes place; both can be renewed."""

    def __init__(self, connection: Connection, engine: Engine, patience: float) -> None:
        self._connection, self._engine, self._patience = connection, engine, patience
        self._transaction: RootTransaction | None = None
        self._turn = ExitStack()

    def begin(self) -> None:
        self._turn.enter_context(_turn(self._connection, self._engine, self._patience))
        self._transaction = _begin(self._connection)
        if self._patience < LOCK_TIMEOUT and self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(self._patience * 1000)}ms'")

    def commit(self) -> None:
        if self._transaction is not None:
            _commit(self._transaction, commits_of(self._engine))
            self._transaction = None

    def roll_back(self) -> bool:
        """Undo what is not committed; tell whether the connection was in a transaction and is still usable."""
        if self._transaction is None or self._connection.invalidated:
            return False
        self._transaction.rollback()
        return True

    def leave(self) -> None:
        """Let the next writer in."""
        self._turn.close()


def make_alone(db: Connection) -> None:
    """Let a writing transaction wait until no other one that asked for this is open, on PostgreSQL; on SQLite it is alone anyway.

    For what several servers may do at the same moment and only one may: making and filling a store.
    """
    if db.dialect.name == "postgresql":
        db.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ALONE})")


def _commit(transaction: RootTransaction, commits: Commits | None) -> None:
    """Commit, and let all who kept something of the store know it before the next writer gets its turn."""
    if commits is None:
        transaction.commit()
        return
    commits.begin()
    try:
        transaction.commit()
    finally:
        commits.end()


@contextmanager
def _turn(connection: Connection, engine: Engine, patience: float) -> Iterator[None]:
    """Wait for other writers on SQLite; a program that knows nothing of the queue may have what is left of the patience."""
    queue = queue_of(engine)
    if queue is None:
        yield
        return
    with queue.turn(patience) as left:
        shorter = left < LOCK_TIMEOUT - _NEARLY
        if shorter:
            set_busy_timeout(connection, left)
        try:
            yield
        finally:
            if shorter and not connection.invalidated:
                set_busy_timeout(connection, LOCK_TIMEOUT)


def _begin(connection: Connection) -> RootTransaction:
    connection.execution_options(apnscp_mode="write")
    try:
        return connection.begin()
    finally:
        connection.execution_options(apnscp_mode="read")
