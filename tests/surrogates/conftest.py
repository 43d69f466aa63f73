"""Panels with surrogates that a test writes, several in one process if it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from textwrap import dedent

import pytest
from sqlalchemy import Engine

from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.server.testing.stores import make_template, open_store

HEAD = "from apnscp.surrogates import Refused, Role, Surrogate, command\n"
Written = Callable[..., Path]
Panels = Callable[..., EmulatedPanel]


@pytest.fixture
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Write files of surrogates, by module, into a new folder; each begins with the import of what they use."""

    def write(**files: str) -> Path:
        folder = tmp_path_factory.mktemp("surrogates")
        for name, text in files.items():
            (folder / f"{name}.py").write_text(HEAD + dedent(text).lstrip("\n"))
        return folder

    return write


@pytest.fixture
def panels(written: Written, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Panels]:
    """Make panels with one site, example.com, each with the surrogates that it is given."""
    with ExitStack() as stack:

        def make(folder: Path | None = None, /, **files: str) -> EmulatedPanel:
            home = tmp_path_factory.mktemp("panel")
            engine = open_store(make_template(home))
            stack.callback(engine.dispose)
            surrogates = written(**files) if files else folder
            panel = stack.enter_context(contextmanager(make_panel)(engine, home, surrogates=surrogates))
            panel.seed("example.com", invoice="INV-1")
            return panel

        yield make


@pytest.fixture
def each_with(each_store: Engine, tmp_path: Path) -> Iterator[Callable[[Path], EmulatedPanel]]:
    """Make a panel with a folder of surrogates on each database in turn."""
    with ExitStack() as stack:

        def make(folder: Path) -> EmulatedPanel:
            return stack.enter_context(contextmanager(make_panel)(each_store, tmp_path, demo=True, surrogates=folder))

        yield make
