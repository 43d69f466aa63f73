"""One real server for all peers: HTTP and TLS on free ports, demo data, a key of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest

from tests.peers import require

HERE = Path(__file__).parent
KEY = "5ca1ab1e" * 8
PLAN = "pro"
START_SECONDS = 120.0


@dataclass(frozen=True)
class LivePanel:
    """Where the server is, and how to drive it."""

    http: str
    tls: str
    ca: Path
    key: str = KEY
    plan: str = PLAN

    def drive(self, *command: str | Path, url: str | None = None, **more: str) -> dict[str, Any]:
        """Run a driver with URL, key and plan, and return the observations it prints; `more` goes into its environment."""
        line = [*map(str, command), url or self.http, self.key, self.plan]
        environ = os.environ | {"PANEL_CA": str(self.ca)} | more
        done = subprocess.run(line, capture_output=True, text=True, timeout=300, env=environ, check=False)
        assert done.returncode == 0, f"{line[:2]} failed:\n{done.stdout}\n{done.stderr}"
        seen: dict[str, Any] = json.loads(done.stdout)
        return seen


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, f"the server ended with {server.returncode}:\n{log.read_text()}"
        try:
            with closing(urllib.request.urlopen(f"{address}/healthz", timeout=20)) as answer:
                if answer.status == 200:
                    return
        except urllib.error.HTTPError as early:
            early.close()
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server was not ready in {START_SECONDS} seconds:\n{log.read_text()}")


@contextmanager
def serving(http: int, tls: int, state: Path, output: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Run `apnscpd serve` for the length of the block and end it as an operator would."""
    program = Path(sys.executable).with_name("apnscpd")
    line = [str(program), "serve", "--ephemeral", "--demo", "--admin-key", KEY, "--host", "127.0.0.1"]
    line += ["--port", str(http), "--tls-port", str(tls), "--workers", "1"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("APNSCP_")}
    environ["XDG_STATE_HOME"] = str(state)
    server = subprocess.Popen(line, stdout=output, stderr=subprocess.STDOUT, env=environ)
    try:
        yield server
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise


@pytest.fixture(scope="session")
def live_panel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LivePanel]:
    """A server of its own, started by its command."""
    state = tmp_path_factory.mktemp("panel")
    http, tls = free_ports(2)
    log = state / "log"
    with log.open("wb") as output, serving(http, tls, state, output) as server:
        wait_until_ready(f"http://127.0.0.1:{http}", server, log)
        (ca,) = state.rglob("ca.pem")
        yield LivePanel(f"http://127.0.0.1:{http}", f"https://127.0.0.1:{tls}", ca)


@pytest.fixture
def drivers() -> Path:
    return HERE / "drivers"


@pytest.fixture(scope="session")
def php() -> str:
    return require("php")


@pytest.fixture(scope="session")
def node() -> str:
    return require("node")


@pytest.fixture(scope="session")
def perl() -> str:
    return require("perl")


@pytest.fixture(scope="session")
def curl() -> str:
    return require("curl")
