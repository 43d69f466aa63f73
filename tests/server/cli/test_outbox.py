from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from apnscp.server.cli.main import main
from apnscp.server.testing import EmulatedPanel


@pytest.fixture
def warned(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:set-email", "ops@example.net")
    panel.call("admin:add-site", "example.com", "bob", {"siteinfo.email": "owner@example.com"})
    panel.call("auth:change-password", "another-Word1", "bob", "example.com")
    return panel


def test_a_notice_can_be_read_from_a_test(warned: EmulatedPanel) -> None:
    assert [mail.recipient for mail in warned.mails()] == ["owner@example.com"]
    assert "password" in warned.mails(to="owner@example.com")[0].subject.lower()
    assert warned.mails(to="nobody@example.com") == []


def test_a_notice_can_be_read_from_the_shell(
    warned: EmulatedPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APNSCP_DB", f"sqlite:///{tmp_path / 'panel.db'}")
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    printed = CliRunner().invoke(main, ["outbox"]).output
    assert "\nTo: owner@example.com\nSubject: " in printed
    assert "another-Word1" not in printed
    assert CliRunner().invoke(main, ["outbox", "--to", "x@example.com"]).output == "No messages\n"


def test_a_store_without_a_panel_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    done = CliRunner().invoke(main, ["outbox"])
    assert done.exit_code == 1
    assert "There is no panel in " in done.output
