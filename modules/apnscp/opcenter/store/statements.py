"""Statements that SQLAlchemy has no short way for: a SELECT compiled once, and inserting or updating in one step."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Select, Table


class PreparedSelect:
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


def upsert(db: Connection, table: Table, values: dict[str, Any], *, by: Sequence[str] = ()) -> None:
    """Insert a row, or give the one of the same key these values.

    by: columns of the unique key that counts; the primary key when left out
    """
    keys = list(by) or [column.name for column in table.primary_key]
    others = {name: value for name, value in values.items() if name not in keys}
    statement = _insert(db, table).values(**values)
    db.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))


def insert_if_absent(db: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row unless there is one of its key already."""
    db.execute(_insert(db, table).values(**values).on_conflict_do_nothing())


def _insert(db: Connection, table: Table) -> Any:
    """Return an INSERT in the words of the database; only its own dialect is imported, which the engine has done."""
    return import_module(f"sqlalchemy.dialects.{db.dialect.name}").insert(table)
