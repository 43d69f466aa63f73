"""What a kept store acknowledges is on the disk; an ephemeral one does not wait for that."""

from __future__ import annotations

from pathlib import Path

import pytest

from apnscp.opcenter.store.engine import open_engine
from apnscp.server.panel_factory import open_panel
from apnscp.server.settings import Settings

OFF, FULL = 0, 2


@pytest.mark.parametrize(("durable", "synchronous"), [(True, FULL), (False, OFF)])
def test_a_store_is_opened_as_asked(tmp_path: Path, durable: bool, synchronous: int) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/panel.db", durable=durable)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == synchronous
    engine.dispose()


@pytest.mark.parametrize(("ephemeral", "synchronous"), [(False, FULL), (True, OFF)])
def test_a_server_waits_for_the_disk_unless_its_store_is_ephemeral(
    tmp_path: Path, ephemeral: bool, synchronous: int
) -> None:
    panel, deferred = open_panel(Settings(state_dir=tmp_path, ephemeral=ephemeral, db=f"sqlite:///{tmp_path}/a.db"))
    with panel.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == synchronous
    deferred.close()
    panel.engine.dispose()
