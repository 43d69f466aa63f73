"""What an error of a database means, by its code: SQLite's result code or PostgreSQL's SQLSTATE, never by its text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from apnscp.core.errors import ApnscpError, Busy, Refused, StoreUnavailable

BUSY = "The panel's store is busy; nothing was changed, call again in a moment"
TAKEN = "Another call took a name of this one meanwhile; nothing was changed, call again"
FULL = "The panel's store has no space left on its disk; nothing was changed, free some space and call again"
READ_ONLY = (
    "The panel's store cannot be written; nothing was changed, check the rights of its files and their file system"
)
BROKEN = "The panel's store is damaged or is not a database; its log names the error"
GONE = "The panel's database does not answer; nothing was changed, call again when it is back"

_SQLITE: dict[int, tuple[type[ApnscpError], str]] = {
    5: (Busy, BUSY),  # SQLITE_BUSY
    6: (Busy, BUSY),  # SQLITE_LOCKED
    8: (StoreUnavailable, READ_ONLY),  # SQLITE_READONLY
    10: (StoreUnavailable, GONE),  # SQLITE_IOERR
    11: (StoreUnavailable, BROKEN),  # SQLITE_CORRUPT
    13: (StoreUnavailable, FULL),  # SQLITE_FULL
    14: (StoreUnavailable, GONE),  # SQLITE_CANTOPEN
    26: (StoreUnavailable, BROKEN),  # SQLITE_NOTADB
}
"""By primary result code; an extended code holds it in its low byte."""
_SQLITE_TAKEN = (1555, 2067)
"""SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE."""
_POSTGRESQL: dict[str, tuple[type[ApnscpError], str]] = {
    "23505": (Refused, TAKEN),  # unique_violation
    "25006": (StoreUnavailable, READ_ONLY),  # read_only_sql_transaction
    "40001": (Busy, BUSY),  # serialization_failure
    "40P01": (Busy, BUSY),  # deadlock_detected
    "53100": (StoreUnavailable, FULL),  # disk_full
    "53300": (StoreUnavailable, GONE),  # too_many_connections
    "55P03": (Busy, BUSY),  # lock_not_available
    "57014": (Busy, BUSY),  # query_canceled: statement_timeout
    "57P01": (StoreUnavailable, GONE),  # admin_shutdown
    "57P02": (StoreUnavailable, GONE),  # crash_shutdown
    "57P03": (StoreUnavailable, GONE),  # cannot_connect_now
}
_CONNECTION = "08"
"""Class of SQLSTATE for connection exceptions."""


def meaning(error: BaseException) -> ApnscpError | None:
    """Return what an error of a database, as SQLAlchemy or the driver raised it, means to a caller.

    None for one that nobody expects, such as a missing table: that is a bug, and its trace belongs in the log.
    """
    if isinstance(error, PoolTimeout):
        return Busy(BUSY)
    if isinstance(error, DBAPIError) and error.orig is not None:
        return meaning(error.orig)
    kind = _by_code(error)
    return None if kind is None else kind[0](kind[1])


def _by_code(error: BaseException) -> tuple[type[ApnscpError], str] | None:
    code: Any = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return (Refused, TAKEN) if code in _SQLITE_TAKEN else _SQLITE.get(code & 0xFF)
    if not hasattr(error, "sqlstate"):
        return None
    state: str | None = error.sqlstate
    if state is None:  # psycopg's own: the connection broke, or could not be made
        return (StoreUnavailable, GONE) if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None
    return (StoreUnavailable, GONE) if state.startswith(_CONNECTION) else _POSTGRESQL.get(state)


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise what a database error of the enclosed work means; an unexpected one goes through as it is."""
    try:
        yield
    except Exception as error:  # each driver has classes of its own; what has no meaning here goes on as it is
        told = meaning(error)
        if told is None:
            raise
        raise told from error
