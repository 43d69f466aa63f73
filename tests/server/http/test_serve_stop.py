"""The end of a server, wanted or not: quick, clean, and without anything left running."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SERVER = Any
HALF = b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 500\r\n\r\nhalf"
QUICK = 30.0
"""Seconds within which a server ends that waits for nothing; what it might wait for takes twice as long in these tests."""
LONG = "60"
IDLE = b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"


def until(done: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
    return done()


def hold(running: SERVER, count: int, start: bytes) -> list[socket.socket]:
    opened = [running.connect() for _ in range(count)]
    for each in opened:
        each.sendall(start)
    return opened


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ask_and_wait(running: SERVER) -> tuple[threading.Thread, list[bytes]]:
    """Send a request that is answered when `release` is there, and come back when it is being worked on."""
    answers: list[bytes] = []

    def ask() -> None:
        try:
            answers.append(running.request("GET", "/pool/held?1")[2])
        except OSError:
            answers.append(b"cut")

    thread = threading.Thread(target=ask)
    thread.start()
    assert until((running.state / "held-1").exists)
    return thread, answers


def refuses(running: SERVER) -> bool:
    """Tell whether a new connection gets no answer."""
    try:
        with running.connect(0.5) as late:
            late.sendall(IDLE)
            return bool(late.recv(100) == b"")
    except OSError:
        return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(started: Callable[..., SERVER], number: signal.Signals) -> None:
    running = started(APNSCP_STOP_TIMEOUT=LONG)
    workers = running.workers()
    assert len(workers) == 2
    code, seconds = running.stop(number)
    assert code == 0
    assert seconds < QUICK
    assert not any(alive(pid) for pid in workers)
    assert {path.name for path in running.state.glob("closed-*")} == {f"closed-{pid}" for pid in workers}
    assert "Traceback" not in running.log()


def test_ctrl_c_at_a_terminal_reaches_all_processes_and_shows_no_trace(tmp_path: Path) -> None:
    environ = {**os.environ, "APNSCP_PORT": "0", "APNSCP_TLS_PORT": "0", "APNSCP_STATE_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).parent / "served_app.py")],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0,
    ) as process:
        workers_start = until((tmp_path / "tls" / "server.pem").exists)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert workers_start
    assert process.returncode == 0
    assert errors == b""


def test_half_sent_bodies_idle_connections_and_a_slow_call_do_not_hold_the_stop(
    started: Callable[..., SERVER],
) -> None:
    running = started(APNSCP_BODY_TIMEOUT=LONG, APNSCP_HEADER_TIMEOUT=LONG)
    held = hold(running, 60, HALF) + hold(running, 20, IDLE) + hold(running, 20, b"GET / HTTP/1.1\r\nHost:")
    thread, answers = ask_and_wait(running)
    code, seconds = running.stop()
    thread.join()
    for each in held:
        each.close()
    assert code == 0
    assert seconds < QUICK
    assert answers == [b"cut"]
    assert not (running.state / "held-done").exists()


def test_a_call_in_flight_gets_its_time_and_its_answer(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_STOP_TIMEOUT=LONG)
    thread, answers = ask_and_wait(running)
    running.process.send_signal(signal.SIGTERM)
    assert until(lambda: refuses(running))
    assert running.process.poll() is None
    (running.state / "release").touch()
    thread.join()
    assert running.process.wait(60) == 0
    assert answers == [b"done"]


def test_no_new_connection_is_taken_while_it_stops(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_STOP_TIMEOUT=LONG)
    thread, _ = ask_and_wait(running)
    running.process.send_signal(signal.SIGTERM)
    assert until(lambda: refuses(running))
    assert all(refuses(running) for _ in range(4))
    (running.state / "release").touch()
    thread.join()
    running.process.wait(60)


def test_workers_end_with_a_parent_that_was_killed(started: Callable[..., SERVER]) -> None:
    running = started()
    workers = running.workers()
    running.process.kill()
    running.process.wait()
    assert until(lambda: not any(alive(pid) for pid in workers))


def test_a_dead_worker_is_replaced(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_WORKERS="1")
    (first,) = running.workers()
    os.kill(first, signal.SIGKILL)
    assert until(lambda: running.workers() not in ({first}, set()))
    assert int(running.get("/pid")) in running.workers() - {first}
    assert f"worker {first} ended with code -9; starting another" in running.log()
    assert running.stop()[0] == 0


def test_workers_that_die_again_and_again_stop_the_server(started: Callable[..., SERVER]) -> None:
    running = started(APNSCP_WORKERS="1")
    for _ in range(6):
        with pytest.raises(OSError):
            running.get("/end-process")
    assert running.process.wait(60) == 1
    assert "workers die again and again; the server stops" in running.log()
