"""Whoever keeps what was read of an SQLite store learns of every commit, of any process, before its call is answered."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, event

from apnscp.core.errors import StoreUnavailable
from apnscp.opcenter.access import memory
from apnscp.opcenter.access.memory import Memory
from apnscp.opcenter.store.commits import Commits
from apnscp.opcenter.store.engine import commits_of, open_engine
from apnscp.opcenter.store.facts import set_fact
from apnscp.opcenter.store.schema import create
from apnscp.opcenter.store.transactions import writing

DIES = """
import os, sys
from sqlalchemy import event
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.facts import set_fact
from apnscp.opcenter.store.transactions import writing
engine = open_engine("sqlite:///" + sys.argv[1])
if sys.argv[2] == "before":
    event.listen(engine, "commit", lambda connection: os._exit(7))
else:
    engine.dialect.do_commit = lambda connection: (connection.execute("COMMIT"), os._exit(7))
with writing(engine) as db:
    set_fact(db, "latest", "new")
"""
"""A process that is killed while it commits: just before, or just after."""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path}/panel.db")
    create(engine)
    yield engine
    engine.dispose()


def commits(engine: Engine) -> Commits:
    found = commits_of(engine)
    assert found is not None
    return found


def write(engine: Engine, value: str = "new") -> None:
    with writing(engine) as db:
        set_fact(db, "latest", value)


def test_every_commit_gives_another_number(engine: Engine) -> None:
    seen = [commits(engine).settled()]
    for value in ("one", "two", "two"):
        write(engine, value)
        seen.append(commits(engine).settled())
    assert None not in seen
    assert len(set(seen)) == 4


def test_another_engine_and_another_process_count_with_us(engine: Engine, tmp_path: Path) -> None:
    other = open_engine(f"sqlite:///{tmp_path}/panel.db")
    before = commits(engine).settled()
    write(other)
    after = commits(engine).settled()
    assert before != after == commits(other).settled()
    other.dispose()
    code = DIES.replace("os._exit(7)", "None")
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "panel.db"), "before"], check=True)
    assert commits(engine).settled() not in (before, after, None)


def test_one_file_by_two_names_is_one_store(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "link.db").symlink_to(tmp_path / "panel.db")
    linked = open_engine(f"sqlite:///{tmp_path}/other/link.db")
    before = commits(engine).settled()
    write(linked)
    assert commits(engine).settled() != before
    linked.dispose()


def test_nothing_is_believed_while_a_commit_is_under_way(engine: Engine) -> None:
    seen: list[int | None] = []

    @event.listens_for(engine, "commit")
    def look(_: Connection) -> None:
        seen.append(commits(engine).settled())

    write(engine)
    assert seen == [None]
    assert commits(engine).settled() is not None


def test_what_was_read_while_another_wrote_is_believed_until_it_commits(engine: Engine) -> None:
    with writing(engine) as db:
        before = commits(engine).settled()
        set_fact(db, "latest", "new")
        assert commits(engine).settled() == before is not None
    assert commits(engine).settled() != before


def test_a_rollback_leaves_nobody_waiting(engine: Engine) -> None:
    with pytest.raises(RuntimeError), writing(engine):
        raise RuntimeError("no")
    assert commits(engine).settled() is not None


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_writer_that_is_killed_while_it_commits_leaves_nothing_stale(
    engine: Engine, tmp_path: Path, moment: str
) -> None:
    kept = Memory(commits(engine))
    kept.keep(kept.number(), "name", "old")
    assert kept.recall("name") == "old"
    line = [sys.executable, "-c", DIES, str(tmp_path / "panel.db"), moment]
    assert subprocess.run(line, check=False).returncode == 7
    assert kept.recall("name") is None
    assert kept.number() is None
    write(engine)
    assert kept.recall("name") is None
    kept.keep(kept.number(), "name", "newer")
    assert kept.recall("name") == "newer"


def test_what_was_read_before_a_commit_and_kept_after_it_is_not_believed(engine: Engine) -> None:
    kept = Memory(commits(engine))
    number = kept.number()
    write(engine)
    kept.keep(number, "name", "old")
    assert kept.recall("name") is None


def test_what_changed_behind_our_back_is_seen_within_a_second(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(memory, "monotonic", lambda: now[0])
    kept = Memory(commits(engine))
    kept.keep(kept.number(), "name", "value")
    now[0] += 0.9
    assert kept.recall("name") == "value"
    now[0] += 0.1
    assert kept.recall("name") is None


def test_a_full_memory_begins_anew(engine: Engine) -> None:
    kept = Memory(commits(engine))
    for number in range(memory.MOST + 1):
        kept.keep(kept.number(), number, "value")
    assert [kept.recall(0), kept.recall(memory.MOST)] == [None, "value"]


def test_a_change_that_nobody_would_hear_of_is_not_made(engine: Engine, tmp_path: Path) -> None:
    commits(engine).close()
    path = tmp_path / "panel.db-commits"
    path.unlink()
    path.mkdir()
    assert commits(engine).settled() is None
    with pytest.raises(StoreUnavailable), writing(engine) as db:
        set_fact(db, "latest", "unheard")
    path.rmdir()
    write(engine)
    assert commits(engine).settled() is not None
