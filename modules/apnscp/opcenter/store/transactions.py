"""Transactions: one that reads, one that writes, and what a database error in them means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError

from apnscp.core.errors import Busy, Refused

BUSY = "The panel's store is busy; nothing was changed, call again in a moment"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads: one consistent view, no lock."""
    with engine.connect() as connection:
        try:
            yield connection
        finally:
            connection.rollback()


@contextmanager
def writing(engine: Engine, begun: Connection | None = None) -> Iterator[Connection]:
    """Open a writing transaction, committed at the end and rolled back by an error.

    begun: a connection whose reading transaction is over with this; without one another connection is taken
    On SQLite it begins IMMEDIATE: a read that turns into a write fails under two processes. Raises Busy when another
    writer holds the store longer than LOCK_TIMEOUT or it ends in a deadlock, Refused when another took a unique name first.
    """
    with nullcontext(begun) if begun is not None else engine.connect() as connection:
        connection.rollback()
        connection.execution_options(apnscp_mode="write")
        try:
            transaction = connection.begin()
        except OperationalError as error:
            raise Busy(BUSY) from error
        finally:
            connection.execution_options(apnscp_mode="read")
        try:
            yield connection
            transaction.commit()
        except IntegrityError as error:
            transaction.rollback()
            raise Refused("Another call took a name of this one meanwhile; nothing was changed, call again") from error
        except OperationalError as error:
            transaction.rollback()
            raise Busy(BUSY) from error
        except BaseException:
            transaction.rollback()
            raise
