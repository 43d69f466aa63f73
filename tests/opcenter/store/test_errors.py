"""Errors of a database are told apart by their code, on both engines; what nobody expects goes through as it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from apnscp.core.errors import Busy, Refused, StoreUnavailable
from apnscp.opcenter.store.errors import meaning
from apnscp.opcenter.store.schema import create
from apnscp.opcenter.store.tables import fact_table, outbox_table
from apnscp.opcenter.store.transactions import reading, writing


def test_a_name_that_another_took_is_refused(each_store: Engine) -> None:
    with writing(each_store) as db:
        db.execute(insert(fact_table).values(name="once", value="1"))
    with pytest.raises(Refused, match="took a name of this one"), writing(each_store) as db:
        db.execute(insert(fact_table).values(name="once", value="2"))


def test_a_missing_value_is_no_taken_name(each_store: Engine) -> None:
    with pytest.raises(DBAPIError), writing(each_store) as db:
        db.execute(insert(outbox_table).values(ts=1, recipient="a", subject="b", body=None))


def test_a_missing_table_is_no_busy_store(each_store: Engine) -> None:
    with pytest.raises(DBAPIError), writing(each_store) as db:
        db.execute(text("INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(DBAPIError), reading(each_store) as db:
        db.execute(text("SELECT * FROM nowhere"))


def test_a_locked_store_is_busy(each_store: Engine) -> None:
    with writing(each_store) as db:
        db.execute(insert(fact_table).values(name="held", value="1"))
    with writing(each_store) as holder:
        holder.execute(update(fact_table).values(value="2"))
        with pytest.raises(Busy, match="store is busy"), each_store.connect() as impatient:
            on_sqlite = impatient.dialect.name == "sqlite"
            impatient.exec_driver_sql("PRAGMA busy_timeout=50" if on_sqlite else "SET lock_timeout = 50")
            with writing(each_store, impatient) as db:
                if not on_sqlite:
                    db.exec_driver_sql("SET LOCAL lock_timeout = 50")
                db.execute(update(fact_table).values(value="3"))
    with reading(each_store) as db:
        assert db.execute(select(fact_table.c.value).where(fact_table.c.name == "held")).scalar() == "2"


@pytest.fixture
def small(tmp_path: Path, opened: Callable[..., Engine]) -> Engine:
    """Give a store on SQLite that is full: no page more may be added."""
    path = tmp_path / "small.db"
    engine = opened(f"sqlite:///{path}", pool_size=1)
    create(engine)
    with engine.connect() as db:
        pages = db.exec_driver_sql("PRAGMA page_count").scalar()
        db.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    return engine


def test_a_full_disk_is_not_called_busy_and_nothing_is_half_done(small: Engine) -> None:
    rows = [{"ts": 1, "recipient": "a", "subject": "b", "body": "x" * 2_000} for _ in range(500)]
    with pytest.raises(StoreUnavailable, match="no space left on its disk"), writing(small) as db:
        db.execute(insert(outbox_table), rows)
    with reading(small) as db:
        assert db.execute(select(outbox_table)).all() == []


def test_a_read_only_store_says_so(tmp_path: Path, opened: Callable[..., Engine]) -> None:
    create(opened(f"sqlite:///{tmp_path / 'kept.db'}", pool_size=1))
    engine = opened(f"sqlite:///{tmp_path / 'kept.db'}", pool_size=1)
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(StoreUnavailable, match="cannot be written"), writing(engine) as db:
        db.execute(insert(fact_table).values(name="a", value="b"))


def test_a_file_that_is_not_a_database_says_so(tmp_path: Path, opened: Callable[..., Engine]) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 100)
    with (
        pytest.raises(StoreUnavailable, match="not a database"),
        reading(opened(f"sqlite:///{tmp_path}/letter.db")) as db,
    ):
        db.execute(select(fact_table))


def test_a_database_server_that_is_not_there_is_unavailable(opened: Callable[..., Engine]) -> None:
    engine = opened("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(StoreUnavailable, match="does not answer"), reading(engine) as db:
        db.execute(select(fact_table))


def test_errors_of_the_driver_itself_are_told_apart_as_well() -> None:
    found: list[object] = []
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE a (b INTEGER PRIMARY KEY)")
    for statement in ("INSERT INTO a VALUES (1), (1)", "SELECT * FROM nowhere", "not sql"):
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            found.append(type(meaning(error)))
    connection.close()
    assert found == [Refused, type(None), type(None)]


def test_parameters_stay_out_of_error_texts(each_store: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, writing(each_store) as db:
        db.execute(text("INSERT INTO nowhere VALUES (:secret)"), {"secret": "hunter2"})
    assert "hunter2" not in str(caught.value)
