"""Opening the store: engines, transactions, migrations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from alembic import command as alembic
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import BigInteger, Connection, Engine, Select, Text, cast, create_engine, event, make_url, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool

from apnscp.core.errors import Busy, Refused
from apnscp.opcenter.schema import metadata, state

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_TIMEOUT = 10
"""Seconds that a writer waits for another before it answers Busy."""

BUSY = "The panel's store is busy; nothing was changed, call again in a moment"

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA cache_size=-16000",
    "PRAGMA mmap_size=268435456",
)


def open_engine(url: str, *, pool_size: int = 12) -> Engine:
    """Open a store.

    url: SQLAlchemy's form; ``postgresql://`` means psycopg 3; ``sqlite:///FILE`` a file in WAL mode
    pool_size: connections kept open; SQLite needs one per thread that works at the same time
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_size=pool_size, max_overflow=4, pool_pre_ping=True)
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
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: Any) -> None:
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("apnscp_mode", "read")
    connection.exec_driver_sql("BEGIN" if mode == "read" else "BEGIN IMMEDIATE")


class Prepared:
    """A SELECT for the way of every call: compiled once per database, run without SQLAlchemy's work for each execution."""

    def __init__(self, statement: Select[Any]) -> None:
        """Keep `statement`; its parameters are named by `bindparam`."""
        self._statement = statement
        self._compiled: dict[str, tuple[str, Sequence[str] | None]] = {}

    def row(self, db: Connection, **values: Any) -> Any:
        """Run it with a value for each parameter and return the first row, None without any.

        It goes straight to the driver: outside SQLite's BEGIN, so it sees what was committed last.
        """
        if db.dialect.name not in self._compiled:
            compiled = self._statement.compile(dialect=db.dialect)
            self._compiled[db.dialect.name] = (str(compiled), getattr(compiled, "positiontup", None))
        sql, order = self._compiled[db.dialect.name]
        cursor = db.connection.cursor()
        try:
            cursor.execute(sql, values if order is None else tuple(values[name] for name in order))
            return cursor.fetchone()
        finally:
            cursor.close()


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


def migrate(engine: Engine) -> None:
    """Bring the store to the newest schema, from an empty one or any older."""
    with writing(engine) as connection:
        alembic.upgrade(alembic_config(connection), "head")


def create(engine: Engine) -> None:
    """Make all tables of an empty store at once and mark it as migrated, in milliseconds."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with writing(engine) as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("DELETE FROM alembic_version")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{head}')")


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def fact(connection: Connection, name: str, default: str = "") -> str:
    """Return a single fact of the panel."""
    found = connection.execute(select(state.c.value).where(state.c.name == name)).scalar()
    return default if found is None else str(found)


def set_fact(connection: Connection, name: str, value: str) -> None:
    """Keep a single fact of the panel."""
    if connection.execute(state.update().where(state.c.name == name).values(value=value)).rowcount == 0:
        connection.execute(state.insert().values(name=name, value=value))


def count_up(connection: Connection, name: str, by: int = 1) -> int:
    """Raise a counting fact and return its new value; writers wait for one another here, so that none counts twice."""
    counted = cast(cast(state.c.value, BigInteger) + by, Text)
    counting = state.update().where(state.c.name == name).values(value=counted).returning(state.c.value)
    found = connection.execute(counting).scalar()
    if found is None:
        set_fact(connection, name, str(by))
    return by if found is None else int(found)


def bump(connection: Connection) -> None:
    """Begin a new generation: what workers cached of settings, keys, clock and fault rules holds no longer."""
    count_up(connection, "generation")
