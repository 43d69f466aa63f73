"""``apnscpd`` beside a server that was started with ``--ephemeral``: the commands find the server's own store."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from apnscp import modules
from apnscp.core import atomic_files
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.settings import config
from apnscp.opcenter.store import transactions
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.usage import figures as counters
from apnscp.server.administrator import as_administrator
from apnscp.server.cli.cron import cron
from apnscp.server.cli.plan import plan
from apnscp.server.cli.usage import usage
from apnscp.server.endpoint import RunningServer
from apnscp.server.panel_factory import made_panel, store_url
from apnscp.server.provisioning import fill_panel
from apnscp.server.settings import Settings


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Settings]:
    """Give the settings by which an operator finds a running ephemeral panel with one account."""
    url = f"sqlite:///{tmp_path / 'temporary' / 'panel.sqlite3'}"
    state = tmp_path / "state"
    state.mkdir()
    modules.load_all()
    with made_panel(Settings(state_dir=state, db=url)) as panel:
        fill_panel(panel)
        with as_administrator(panel) as ctx:
            operations.add(ctx, "alpha.test", "alice", {}, {})
    with RunningServer("http://127.0.0.1:1", None, "key", None, os.getpid(), url).published(state):
        yield Settings(state_dir=state)


@pytest.mark.parametrize("ephemeral", [False, True])
def test_figures_are_set_in_the_running_panel(served: Settings, ephemeral: bool) -> None:
    told = Settings(state_dir=served.state_dir, ephemeral=ephemeral)
    result = CliRunner().invoke(usage, ["alpha.test", "--storage", "3GB"], obj=told)
    assert result.exit_code == 0, result.output
    engine = open_engine(store_url(served))
    with transactions.reading(engine) as db:
        assert counters.set_figures(db, 1)["storage"] == 3 * 1024 * 1024
    engine.dispose()


def test_the_default_plan_is_chosen_in_the_running_panel(served: Settings) -> None:
    result = CliRunner().invoke(plan, ["--default", "pro"], obj=served)
    assert result.exit_code == 0, result.output
    engine = open_engine(store_url(served))
    with transactions.reading(engine) as db:
        assert config.load(db)["opcenter.default_plan"] == "pro"
    engine.dispose()
    assert not (served.state_dir / "db").exists()


def test_jobs_are_done_in_the_running_panel(served: Settings) -> None:
    result = CliRunner().invoke(cron, ["--all"], obj=served)
    assert (result.exit_code, result.output) == (0, "account-cleanup: nothing to do\n")
    assert not (served.state_dir / "db").exists()


def test_the_store_of_a_server_that_is_gone_does_not_count(served: Settings) -> None:
    atomic_files.write(served.state_dir / "endpoint.json", (served.state_dir / "endpoint.json").read_bytes())
    assert store_url(served) == f"sqlite:///{served.state_dir / 'db' / 'panel.sqlite3'}"


def test_a_database_that_is_given_comes_first(served: Settings) -> None:
    assert store_url(Settings(state_dir=served.state_dir, db="sqlite:////x.sqlite3")) == "sqlite:////x.sqlite3"
