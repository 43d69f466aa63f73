"""Real servers on free ports, with a small application of their own (served_app.py)."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent / "served_app.py"
PATIENCE = 60.0
"""Seconds after which a test gives up: for a machine that stands still, never for one that is slow."""
SETTINGS = {
    "APNSCP_PORT": "0",
    "APNSCP_TLS_PORT": "0",
    "APNSCP_BODY_LIMIT": "1000000",
    "APNSCP_BODY_TIMEOUT": "2.5",
    "APNSCP_HEADER_TIMEOUT": "2.5",
    "APNSCP_THREADS": "2",
    "APNSCP_QUEUE": "2",
    "APNSCP_LOG_LEVEL": "info",
    "APNSCP_ACCESS_LOG": "1",
}


@dataclass
class Running:
    process: subprocess.Popen[str]
    state: Path
    banner: list[str]
    port: int
    tls_port: int

    @property
    def ca(self) -> Path:
        return self.state / "tls" / "ca.pem"

    def connect(self, timeout: float = PATIENCE) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def raw(self, request: bytes) -> bytes:
        with self.connect() as opened:
            opened.sendall(request)
            return everything(opened)

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def get(self, path: str) -> bytes:
        return self.request("GET", path)[2]

    def echo(self, path: str = "/echo", **headers: str) -> dict[str, str]:
        seen: dict[str, str] = json.loads(self.request("GET", path, headers=headers)[2])
        return seen

    def log(self) -> str:
        return (self.state / "log").read_text()

    def workers(self) -> set[int]:
        """Return the processes that this server started and that run."""
        return {int(path.name) for path in Path("/proc").glob("[0-9]*") if running_child(path, self.process.pid)}

    def until(self, done: Callable[[], bool]) -> bool:
        """Wait for something, and tell whether it came."""
        return until(done)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Send the signal; return the exit code and the seconds it took."""
        started = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(PATIENCE), time.monotonic() - started


def running_child(process: Path, parent: int) -> bool:
    """Tell by its folder in /proc whether a process was started by `parent` and has not ended."""
    try:
        state, of = (process / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return False
    return int(of) == parent and state != "Z"


def everything(opened: socket.socket) -> bytes:
    received = b""
    while piece := opened.recv(65536):
        received += piece
    return received


def environment(state: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("APNSCP_")}
    return {**clean, **SETTINGS, "APNSCP_STATE_DIR": str(state), **more}


def until(done: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        time.sleep(0.02)
    return done()


def start(state: Path, **more: str) -> Running:
    state.mkdir(exist_ok=True)
    with open(state / "log", "w") as log:
        process = subprocess.Popen(
            [sys.executable, str(PROGRAM)],
            env=environment(state, **more),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    assert process.stdout is not None
    banner = []
    for line in process.stdout:
        banner.append(line.strip())
        if banner[-1] == "prepared":
            ports = [int(line.rpartition(":")[2]) for line in banner if line.startswith("Serving on")]
            return Running(process, state, banner, ports[0], ports[1] if len(ports) > 1 else 0)
    process.stdout.close()
    raise AssertionError(f"exit {process.wait()}: {(state / 'log').read_text()}")


def end(running: Running) -> None:
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait()
    assert running.process.stdout is not None
    running.process.stdout.close()


@contextmanager
def serving(state: Path, **more: str) -> Iterator[Running]:
    """Run a server for the length of the block."""
    running = start(state, **more)
    yield running
    running.stop()
    end(running)


@pytest.fixture(scope="session")
def running_server() -> Callable[..., AbstractContextManager[Running]]:
    """Run a server in a directory: ``with running_server(path, APNSCP_WORKERS="1") as running``."""
    return serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One server for the tests of a module."""
    with serving(tmp_path_factory.mktemp("server") / "state") as running:
        yield running


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Start servers of one's own: ``started(APNSCP_WORKERS="1")``; they end with the test."""
    with ExitStack() as stack:

        def one(**more: str) -> Running:
            running = start(tmp_path / "state", **more)
            stack.callback(end, running)
            return running

        yield one


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., str]:
    """Start a server that must not start; return what it says on standard error."""

    def one(**more: str) -> str:
        result = subprocess.run(
            [sys.executable, str(PROGRAM)],
            env=environment(tmp_path / "refused", **more),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert result.returncode == 1
        assert result.stdout == ""
        return result.stderr

    return one


@pytest.fixture
def trusting(server: Running) -> ssl.SSLContext:
    """A TLS context that trusts the CA of the module's server."""
    return ssl.create_default_context(cafile=str(server.ca))
