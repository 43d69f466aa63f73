"""Stores of tests: one is made, the others are copies of its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import create


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
    engine = open_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _unsafe)
    return engine


def _unsafe(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF")
