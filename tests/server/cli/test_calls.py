from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from apnscp.server.cli.main import main
from apnscp.server.testing import EmulatedPanel


def printed(*arguments: str) -> str:
    done = CliRunner().invoke(main, ["calls", *arguments])
    assert done.exit_code == 0, done.output
    return re.sub(r"(?m)^[-\d]{10} [\d:]{8} +[\d.]+ ms", "WHEN", done.output)


@pytest.fixture
def busy(panel: EmulatedPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EmulatedPanel:
    monkeypatch.setenv("APNSCP_DB", f"sqlite:///{tmp_path / 'panel.db'}")
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": "s3cret-Word"})
    panel.fault("admin:activate-site", "nowhere.example")
    panel.call("auth:is-inactive", session=panel.call("admin:hijack", "example.com"))
    panel.flush()
    return panel


def test_calls_are_printed_as_cpcmd_takes_them_with_secrets_masked(busy: EmulatedPanel) -> None:
    assert printed().splitlines() == [
        "WHEN  admin            admin:add-site example.com bob '[auth.tpasswd:(hidden)]'",
        "WHEN  admin            admin:activate-site nowhere.example",
        "                    refused: Unknown site `nowhere.example'; a site id, domain, alias or invoice is expected",
        "WHEN  admin            admin:hijack example.com",
        "WHEN  bob@site1        auth:is-inactive",
    ]


def test_calls_can_be_picked(busy: EmulatedPanel) -> None:
    assert printed("--method", "admin:hijack") == "WHEN  admin            admin:hijack example.com\n"
    assert "admin:activate-site nowhere.example\n" in printed("--failed")
    assert printed("--last", "1") == "WHEN  bob@site1        auth:is-inactive\n"


def test_a_store_without_a_panel_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    done = CliRunner().invoke(main, ["calls"])
    assert (done.exit_code, done.output) == (
        1,
        "Error: There is no panel in this store yet; start one with `apnscpd serve'\n",
    )
