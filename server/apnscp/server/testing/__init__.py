"""The pytest plugin: a fresh panel per test, over WSGI, without a socket (docs/testing.md).

Loaded by pytest through the entry point ``apnscp`` in every run, so it imports the server only when a test asks for a
panel. Use the fixtures `panel` (in process) and `panel_url` (a real port); `session_panel` and `session_panel_url` are one
panel for the whole run.
"""

from __future__ import annotations

import gc
import shutil
import warnings
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from apnscp.opcenter.lifecycle.jobs import Done
    from apnscp.server.injected_failures import InjectedFailure
    from apnscp.server.testing.calls import Call
    from apnscp.server.testing.emulated import KEY, EmulatedPanel, Reply, make_panel
    from apnscp.server.testing.panel_clock import PanelClock

__all__ = ["KEY", "Call", "Done", "EmulatedPanel", "InjectedFailure", "PanelClock", "Reply", "make_panel"]

_ELSEWHERE = {
    "Call": "apnscp.server.testing.calls",
    "Done": "apnscp.opcenter.lifecycle.jobs",
    "EmulatedPanel": "apnscp.server.testing.emulated",
    "InjectedFailure": "apnscp.server.injected_failures",
    "KEY": "apnscp.server.testing.emulated",
    "PanelClock": "apnscp.server.testing.panel_clock",
    "Reply": "apnscp.server.testing.emulated",
    "make_panel": "apnscp.server.testing.emulated",
}
"""Public names and the modules that hold them."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used."""
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_quietly(_ELSEWHERE[name]), name)


def import_quietly(name: str) -> Any:
    """Import a module by its full name; what libraries warn of while they are imported is no failure of a test.

    The garbage collector waits meanwhile: imports leave little to collect, and it takes a tenth of their time.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return import_module(name)
    finally:
        if collects:
            gc.enable()


def _late(module: str) -> Any:
    return import_quietly(f"{__name__}.{module}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option `apnscp_surrogates`."""
    parser.addini("apnscp_surrogates", "folder of surrogates that every panel has, relative to the ini file", "paths")


@pytest.fixture(scope="session")
def apnscp_surrogates(request: pytest.FixtureRequest) -> Path | None:
    """Give the folder of surrogates that panels have, by the ini option of this name; override it for some tests."""
    named = request.config.getini("apnscp_surrogates")
    if len(named) > 1:
        raise pytest.UsageError("apnscp_surrogates takes one folder")
    return named[0] if named else None


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the file that each test's store is a copy of."""
    return Path(_late("stores").make_template(tmp_path_factory.mktemp("apnscp")))


@pytest.fixture
def apnscp_store(_template: Path, tmp_path: Path) -> Iterator[Engine]:
    """Give an empty store of the test's own; override it to run on another database."""
    path = tmp_path / "panel.db"
    shutil.copy(_template, path)
    engine = _late("stores").open_store(path)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def session_panel(
    _template: Path, tmp_path_factory: pytest.TempPathFactory, apnscp_surrogates: Path | None
) -> Iterator[EmulatedPanel]:  # fmt: skip
    """Give one panel for the whole run, or for each worker of it; `reset` empties it between tests (docs/testing.md)."""
    folder = tmp_path_factory.mktemp("apnscp-session")
    shutil.copy(_template, folder / "panel.db")
    engine = _late("stores").open_store(folder / "panel.db")
    yield from _late("emulated").make_panel(engine, folder, surrogates=apnscp_surrogates)


@pytest.fixture(scope="session")
def session_panel_url(session_panel: EmulatedPanel) -> Iterator[str]:
    """Serve the panel of the whole run on a port of its own and give the address."""
    with _late("serving").serving(session_panel.wsgi) as address:
        yield address


@pytest.fixture
def panel(apnscp_store: Engine, tmp_path: Path, apnscp_surrogates: Path | None) -> Iterator[EmulatedPanel]:
    """Give a fresh panel without sites, in this process."""
    yield from _late("emulated").make_panel(apnscp_store, tmp_path, surrogates=apnscp_surrogates)


@pytest.fixture
def panel_url(panel: EmulatedPanel) -> Iterator[str]:
    """Serve the test's panel on a port of its own and give the address, such as http://127.0.0.1:40123."""
    with _late("serving").serving(panel.wsgi) as address:
        yield address
