"""A panel with settings and a state directory of its own, as commands of ``apnscpd`` meet it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from apnscp.server.app import App
from apnscp.server.panel_factory import open_panel
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings
from apnscp.server.testing import EmulatedPanel


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = Settings(state_dir=tmp_path / "state", admin_key="panel-test-key")
    prepare(found)
    return found


@pytest.fixture
def served(settings: Settings) -> Iterator[EmulatedPanel]:
    app = App(*open_panel(settings))
    yield EmulatedPanel(app, "panel-test-key")
    app.close()
