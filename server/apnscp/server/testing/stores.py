"""Stores of tests: one is made, the others are copies of its file."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import create, load_tables
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import writing


def make_template(folder: Path) -> Path:
    """Make an empty store in one file and return its path."""
    path = folder / "template.db"
    engine = open_store(path)
    create(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def open_store(path: Path) -> Engine:
    """Open the store in a file, which need not outlive a crash of the machine."""
    return open_engine(f"sqlite:///{path}", durable=False)


def empty(engine: Engine) -> None:
    """Delete all that a store keeps, its tables and its version aside; numbers begin anew."""
    load_tables()
    tables = list(reversed(sql_metadata.sorted_tables))
    with writing(engine) as db:
        if engine.dialect.name == "postgresql":
            names = ", ".join(db.dialect.identifier_preparer.format_table(table) for table in tables)
            db.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
            return
        for table in tables:
            db.execute(table.delete())
        db.exec_driver_sql("DELETE FROM sqlite_sequence")
