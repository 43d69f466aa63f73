"""Stores of tests on PostgreSQL: one database is made, the others are copies of it (docs/testing.md)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from types import TracebackType

from sqlalchemy import URL, Engine, create_engine, make_url

from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import create

_WHOLE = "template1"


class PostgresStores:
    """Makes stores in databases of their own on a server, and drops them again.

    A context manager: what it made is dropped at the end of the block.
    """

    def __init__(self, url: str) -> None:
        """Use a server.

        url: of any database there, such as ``postgresql://postgres@127.0.0.1/postgres``; its user may create databases
        """
        self._url = make_url(url)
        self._server = create_engine(
            self._url.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", pool_size=1
        )
        self._template = ""

    def __enter__(self) -> PostgresStores:
        """Make the database that the stores are copies of."""
        name = self._create(_WHOLE)
        engine = open_engine(_address(self._url.set(database=name)))
        create(engine)
        engine.dispose()  # a database in use cannot be copied
        self._template = name
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop that database."""
        self._drop(self._template)
        self._server.dispose()

    @contextmanager
    def fresh(self) -> Iterator[Engine]:
        """Give an empty store for the length of the block."""
        name = self._create(self._template)
        engine = open_engine(_address(self._url.set(database=name)))
        try:
            yield engine
        finally:
            engine.dispose()
            self._drop(name)

    def _create(self, template: str) -> str:
        name = f"apnscp_{uuid.uuid4().hex[:12]}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _drop(self, name: str) -> None:
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        with closing(self._server.connect()) as connection:
            connection.exec_driver_sql(statement)


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)
