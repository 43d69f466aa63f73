"""Writers on SQLite wait in order, wake at once, and never stand in the way of one another for ever."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from apnscp.core.errors import Busy
from apnscp.opcenter.store.facts import fact, set_fact
from apnscp.opcenter.store.schema import create
from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.opcenter.store.writers_queue import WritersQueue

HOLDS = """
import sys, time
from pathlib import Path
from apnscp.opcenter.store.writers_queue import WritersQueue
with WritersQueue(Path(sys.argv[1])).turn(10):
    print("held", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def engine(tmp_path: Path, opened: Callable[..., Engine]) -> Engine:
    engine = opened(f"sqlite:///{tmp_path}/panel.db")
    create(engine)
    return engine


@pytest.fixture
def other_process(tmp_path: Path) -> Callable[[], subprocess.Popen[str]]:
    """Start a process that holds the turn until it is sent a line."""

    def start() -> subprocess.Popen[str]:
        line = [sys.executable, "-c", HOLDS, str(tmp_path / "panel.db")]
        process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        return process

    return start


def release(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=10)


def waiting(queue: WritersQueue) -> int:
    return len(queue._line._waiting)


def test_threads_write_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    queue, order = WritersQueue(tmp_path / "panel.db"), list[int]()

    def write(number: int) -> None:
        with queue.turn(60):
            order.append(number)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(30)]
    with queue.turn(60):
        for number, thread in enumerate(threads):
            thread.start()
            while waiting(queue) != number + 1:
                time.sleep(0.001)
    for thread in threads:
        thread.join(60)
    assert order == list(range(30))


def test_a_writer_that_gives_up_is_busy_and_holds_nobody_up(tmp_path: Path) -> None:
    queue = WritersQueue(tmp_path / "panel.db")
    with queue.turn(60), pytest.raises(Busy), queue.turn(0.01):
        pass
    with queue.turn(60):
        pass


def test_a_turn_in_another_process_is_waited_for_and_comes(
    tmp_path: Path, other_process: Callable[[], subprocess.Popen[str]]
) -> None:
    other, queue = other_process(), WritersQueue(tmp_path / "panel.db")
    with pytest.raises(Busy), queue.turn(0.05):
        pass
    with pytest.raises(Busy), queue.turn(0.05):
        pass
    threading.Timer(0.2, release, (other,)).start()
    with queue.turn(60) as left:
        assert left < 60
    other.wait(10)


def test_a_turn_that_came_too_late_is_given_back(
    tmp_path: Path, other_process: Callable[[], subprocess.Popen[str]]
) -> None:
    other, queue = other_process(), WritersQueue(tmp_path / "panel.db")
    with pytest.raises(Busy), queue.turn(0.05):
        pass
    release(other)
    release(other_process())  # it gets the turn, although the thread that asked for it here is not joined
    with queue.turn(60):
        pass


def test_a_process_that_is_killed_lets_go(tmp_path: Path, other_process: Callable[[], subprocess.Popen[str]]) -> None:
    other, queue = other_process(), WritersQueue(tmp_path / "panel.db")
    os.kill(other.pid, signal.SIGKILL)
    with queue.turn(60):
        pass
    other.communicate()


def test_of_many_writers_in_two_engines_all_write(
    engine: Engine, tmp_path: Path, opened: Callable[..., Engine]
) -> None:
    engines = [engine, opened(f"sqlite:///{tmp_path}/panel.db")]

    def count(of: Engine) -> None:
        for _ in range(10):
            with writing(of) as db:
                set_fact(db, "count", str(int(fact(db, "count", "0")) + 1))

    threads = [threading.Thread(target=count, args=(engines[number % 2],)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    with reading(engine) as db:
        assert fact(db, "count") == "160"


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    with writing(engine), reading(engine) as db:
        assert db.execute(select(func.count()).select_from(outbox_table)).scalar() == 0


def test_an_impatient_writer_behind_a_foreign_lock_gives_up_soon_and_leaves_the_patience_of_others(
    engine: Engine,
) -> None:
    foreign = sqlite3.connect(engine.url.database or "", isolation_level=None, check_same_thread=False)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy), writing(engine, patience=0.05):
        pass
    threading.Timer(0.3, foreign.execute, ("ROLLBACK",)).start()
    with writing(engine) as db:
        set_fact(db, "count", "1")
    foreign.close()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
