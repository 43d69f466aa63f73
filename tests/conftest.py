"""Fixtures of the whole suite: both databases, and panels that are served."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from apnscp.opcenter.store.engine import open_engine
from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.server.testing.postgres_stores import PostgresStores
from tests.peers import need, pytest_unconfigure, require

__all__ = ["need", "pytest_unconfigure"]

settings.register_profile("any machine", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

STAND_INS = Path(__file__).parent / "stand_ins"
"""Programs that do what the pages use of others, for machines without these; last in the path."""


@pytest.fixture(scope="session")
def postgres_stores() -> Iterator[PostgresStores]:
    """Make stores on the PostgreSQL server that the environment names."""
    with PostgresStores(require("postgresql")) as stores:
        yield stores


@pytest.fixture
def opened() -> Iterator[Callable[..., Engine]]:
    """Give what opens stores as `open_engine` does, and closes them after the test."""
    engines: list[Engine] = []

    def opening(url: str, *, pool_size: int = 12, durable: bool = True) -> Engine:
        engines.append(open_engine(url, pool_size=pool_size, durable=durable))
        return engines[-1]

    yield opening
    for engine in engines:
        engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give an empty store on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("apnscp_store")
    else:
        stores: PostgresStores = request.getfixturevalue("postgres_stores")
        with stores.fresh() as engine:
            yield engine


@pytest.fixture
def each_panel(each_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    """Give a fresh panel on each database in turn."""
    yield from make_panel(each_store, tmp_path)


@pytest.fixture
def demo_panel(apnscp_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    """Give a panel with the demo plans and sites."""
    yield from make_panel(apnscp_store, tmp_path, demo=True)


SERVED_KEY = "c0ffee11" * 8
SERVED_SECONDS = 120.0


@dataclass(frozen=True)
class ServedPanel:
    """A panel that its own command serves, and a home in which the command lines find it."""

    home: Path
    key: str = SERVED_KEY

    @property
    def environ(self) -> dict[str, str]:
        """What a user's shell has: this home, the commands first in the path, and no word about the panel."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"], str(STAND_INS)])
        return {"HOME": str(self.home), "PATH": path, "LC_ALL": "C.UTF-8", "TERM": "dumb"}

    def shell(self, line: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a line in bash as a user types it; standard output and error stay apart."""
        command = [require("bash"), "-o", "pipefail", "-c", line]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=300, env=self.environ | environ, cwd=self.home, check=False
        )


@contextmanager
def _served(home: Path, *flags: str) -> Iterator[ServedPanel]:
    """Serve a panel for the length of the block and end it as an operator would."""
    panel, note = ServedPanel(home), home / ".local/state/apnscp/endpoint.json"
    line = [str(Path(sys.executable).with_name("apnscpd")), "serve", "--ephemeral", "--admin-key", panel.key]
    line += ["--port", "0", "--tls-port", "0", "--workers", "1", *flags]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(line, stdout=log, stderr=subprocess.STDOUT, env=panel.environ, cwd=home)
    try:
        deadline = time.monotonic() + SERVED_SECONDS
        while not note.exists():
            assert server.poll() is None and time.monotonic() < deadline, (home / "log").read_text()
            time.sleep(0.05)
        yield panel
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            raise


@pytest.fixture(scope="module")
def served_empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPanel]:
    """Serve a panel without any site to the tests of one file."""
    with _served(tmp_path_factory.mktemp("served"), "--no-demo") as panel:
        yield panel


@pytest.fixture(scope="module")
def served_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPanel]:
    """Serve a panel with the demo plans and sites to the tests of one file."""
    with _served(tmp_path_factory.mktemp("served"), "--demo") as panel:
        yield panel


@pytest.fixture(scope="module")
def served_surrogates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedPanel]:
    """Serve a panel with the demo plans and sites and the surrogates of examples/surrogates to the tests of one file."""
    home = tmp_path_factory.mktemp("served")
    (home / "examples").symlink_to(Path(__file__).parents[1] / "examples")
    with _served(home, "--demo", "--surrogates", "examples/surrogates") as panel:
        yield panel


@pytest.fixture
def served_fresh_demo(tmp_path: Path) -> Iterator[ServedPanel]:
    """Serve a panel with the demo plans and sites to one test, so that its sites have the ids that follow them."""
    with _served(tmp_path, "--demo") as panel:
        yield panel
