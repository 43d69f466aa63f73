"""``apnscpd usage`` as an operator types it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from apnscp import modules
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.store import transactions
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.usage import figures as counters
from apnscp.server.administrator import as_administrator
from apnscp.server.cli.usage import usage
from apnscp.server.panel_factory import made_panel
from apnscp.server.provisioning import fill_panel
from apnscp.server.settings import Settings


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Give the state directory of a panel with one account."""
    settings = Settings(state_dir=tmp_path / "state")
    modules.load_all()
    with made_panel(settings) as panel:
        fill_panel(panel)
        with as_administrator(panel) as ctx:
            operations.add(ctx, "alpha.test", "alice", {}, {})
    return settings.state_dir


def _run(state: Path, *words: str) -> Result:
    return CliRunner().invoke(usage, words, obj=Settings(state_dir=state))


def _figures(state: Path) -> dict[str, int]:
    engine = open_engine(f"sqlite:///{state / 'db' / 'panel.sqlite3'}")
    with transactions.reading(engine) as db:
        found = counters.set_figures(db, 1)
    engine.dispose()
    return {name: value for name, value in found.items() if name in counters.FIGURES}


def test_figures_are_set_in_their_units_and_shown(state: Path) -> None:
    result = _run(state, "alpha.test", "--storage", "3GB", "--bandwidth", "11 gb", "--memory=1.5M", "--procs", "7")
    assert result.exit_code == 0, result.output
    gigabyte = 1024**3
    assert _figures(state) == {
        "storage": 3 * 1024**2, "bandwidth_in": gigabyte, "bandwidth_out": 10 * gigabyte,
        "memory": 1_572_864, "procs": 7,
    }  # fmt: skip
    lines = {line.split()[0]: line.split(None, 1)[1] for line in result.output.splitlines()}
    assert lines["storage"] == "3145728 KB (set)"
    assert lines["inodes"].endswith("files (made up)")


def test_without_options_figures_are_shown_and_nothing_is_set(state: Path) -> None:
    assert len(_run(state, "site1").output.splitlines()) == 7
    assert _figures(state) == {}


def test_one_direction_leaves_the_other_and_what_was_set_before(state: Path) -> None:
    _run(state, "1", "--bandwidth-out", "500", "--cpu", "60")
    _run(state, "1", "--bandwidth-in", "9B")
    assert (_figures(state)["bandwidth_in"], _figures(state)["bandwidth_out"]) == (9, 500)
    assert _figures(state)["cpu"] == 60


def test_reset_forgets_what_was_set(state: Path) -> None:
    _run(state, "1", "--inodes", "5", "--bandwidth", "1GB")
    assert _run(state, "1", "--reset").exit_code == 0
    assert _figures(state) == {}


@pytest.mark.parametrize("size", ["lots", "-1", "3 PB", "", "9999999TB"])
def test_what_is_not_a_size_is_refused(state: Path, size: str) -> None:
    result = _run(state, "1", f"--storage={size}")
    assert result.exit_code == 2
    assert "is not a size" in result.output
    assert _figures(state) == {}


def test_the_whole_and_its_parts_exclude_one_another(state: Path) -> None:
    assert _run(state, "1", "--bandwidth", "1GB", "--bandwidth-in", "1").exit_code == 2


def test_an_unknown_site_is_refused(state: Path) -> None:
    result = _run(state, "nowhere.test", "--storage", "1GB")
    assert result.exit_code == 1
    assert "Unknown site `nowhere.test'" in result.output


def test_without_a_panel_none_is_made(tmp_path: Path) -> None:
    result = _run(tmp_path / "none", "site1")
    assert result.exit_code == 1
    assert "There is no panel" in result.output
    assert not (tmp_path / "none").exists()


def test_an_ephemeral_panel_is_out_of_reach(tmp_path: Path) -> None:
    result = CliRunner().invoke(usage, ["site1"], obj=Settings(state_dir=tmp_path, ephemeral=True))
    assert result.exit_code == 1
    assert "ephemeral" in result.output
