"""Panels of tests are copies of the first one, and have nothing in common with it but their beginning."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from apnscp.server.testing import EmulatedPanel, make_panel
from apnscp.server.testing.stores import make_template, open_store
from tests.growth import steps

COPIED = 8_000
"""Function calls that a copied panel may take; filling one by itself takes 20,000."""


@contextmanager
def panel_in(folder: Path) -> Iterator[EmulatedPanel]:
    folder.mkdir()
    engine = open_store(make_template(folder))
    try:
        yield from make_panel(engine, folder)
    finally:
        engine.dispose()


def test_each_panel_begins_without_what_another_one_holds(tmp_path: Path) -> None:
    with panel_in(tmp_path / "one") as one, panel_in(tmp_path / "two") as two:
        one.seed("only-in-one.test")
        assert one.call("admin:get-domains") == {1: "only-in-one.test"}
        assert two.call("admin:get-domains") == []
        assert two.seed("first-of-two.test") == ["first-of-two.test"]
        assert list(two.call("admin:collect", None)) == ["site1"]


def test_a_panel_after_the_first_is_copied_and_not_filled_anew(tmp_path: Path, panel: EmulatedPanel) -> None:
    engine = open_store(make_template(tmp_path))

    def make() -> None:
        for copied in make_panel(engine, tmp_path):
            assert copied.app

    assert steps(make) < COPIED
    engine.dispose()


def test_the_administrator_signs_in_with_the_same_key_on_every_copy(tmp_path: Path, panel: EmulatedPanel) -> None:
    with panel_in(tmp_path / "two") as two:
        assert two.key == panel.key
        assert two.call("common:whoami") == panel.call("common:whoami") == "admin"
        assert len(two.call("auth:get-api-keys")) == len(panel.call("auth:get-api-keys")) == 1


def test_a_copied_store_stays_a_journal_of_writes_ahead(panel: EmulatedPanel) -> None:
    with panel.app.panel.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_stores_on_postgresql_are_copies_too(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    stores = request.getfixturevalue("postgres_stores")
    with stores.fresh() as one, stores.fresh() as two:
        assert _domains(one, tmp_path, "only-in-one.test") == {1: "only-in-one.test"}
        assert _domains(two, tmp_path) == []


def _domains(engine: Engine, folder: Path, *seeded: str) -> Any:
    for panel in make_panel(engine, folder):
        panel.seed(list(seeded))
        found = panel.call("admin:get-domains")
    return found
