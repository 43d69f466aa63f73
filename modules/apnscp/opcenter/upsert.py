"""Writing a row whether or not there is one of its key already, in one statement that two writers cannot break."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def upsert(db: Connection, table: Table, values: dict[str, Any]) -> None:
    """Insert a row, or give the one of the same primary key these values."""
    keys = [column.name for column in table.primary_key]
    others = {name: value for name, value in values.items() if name not in keys}
    statement = _INSERT[db.dialect.name](table).values(**values)
    db.execute(statement.on_conflict_do_update(index_elements=keys, set_=others))
