"""The plugin as pytest loads it for everyone."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select

from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import reading
from apnscp.server import deferred_writer
from apnscp.server.testing import EmulatedPanel

LOADED = """
import json, sys
import pytest
before = set(sys.modules)
import apnscp.server.testing
print(json.dumps(sorted(set(sys.modules) - before)))
"""
BILLING = """
import pytest
from apnscp.server.testing import EmulatedPanel

@pytest.mark.parametrize("number", range(6))
def test_life(panel: EmulatedPanel, number: int) -> None:
    assert panel.seed("example.com") == ["example.com"]
    with panel.as_site("example.com") as site:
        assert site.common_whoami() == "example-com"
    assert panel.client.admin.delete_site(None, {"since": "now"}) is True
    assert panel.request("GET", "/").status == 200

def test_port(panel_url: str) -> None:
    from apnscp.client import UtilAPI
    with UtilAPI.create_client("panel-test-key", panel_url) as client:
        assert client.admin_get_domains() == {}
"""


def pytest_of_a_user(folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_billing.py").write_text(BILLING)
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", *flags, str(folder)]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def test_loading_the_entry_point_costs_nothing_to_those_who_use_no_panel() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout) == ["apnscp", "apnscp.server", "apnscp.server.testing"]


def test_a_project_of_a_user_passes_with_warnings_as_errors(tmp_path: Path) -> None:
    done = pytest_of_a_user(tmp_path)
    assert "7 passed" in done.stdout, done.stdout + done.stderr


def test_workers_of_xdist_each_have_panels_of_their_own(tmp_path: Path) -> None:
    done = pytest_of_a_user(tmp_path, "-n", "2")
    assert "7 passed" in done.stdout, done.stdout + done.stderr


def test_each_test_begins_with_an_empty_panel(panel: EmulatedPanel) -> None:
    assert panel.client.admin_get_domains() == {}
    assert [call.command for call in panel.calls()] == ["admin_get_domains"]


def test_closing_a_panel_writes_the_journal_without_waiting_for_the_next_batch(
    panel: EmulatedPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deferred_writer, "INTERVAL", 3600)
    panel.call("common_whoami")
    (writer,) = [thread for thread in threading.enumerate() if thread.name == "apnscp-aside"]
    panel.close()
    writer.join(60)
    assert not writer.is_alive()
    with reading(panel.app.panel.engine) as db:
        assert db.execute(select(journal_table.c.command)).scalars().all() == ["common_whoami"]


def test_panel_url_and_panel_are_one_panel(panel: EmulatedPanel, panel_url: str) -> None:
    from apnscp.client import UtilAPI

    panel.seed("example.com")
    with UtilAPI.create_client(panel.key, panel_url) as client:
        assert client.admin_get_domains() == {1: "example.com"}
