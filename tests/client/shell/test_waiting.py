"""The line that a terminal shows while work runs, and that nothing else shows it."""

from __future__ import annotations

import os
from typing import Any

import pytest

from apnscp.client.connection.address import Address
from apnscp.client.connection.panel_connection import PanelConnection
from apnscp.client.shell.waiting import Line


def seen_on_a_terminal(shell: Any, *command: str) -> str:
    ours, theirs = os.openpty()
    done = shell(*command, capture_output=False, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0, seen
    return seen


def test_line_shows_seconds_and_what_has_come_of_the_answer() -> None:
    line = Line("admin:collect", started=100.0)
    assert line.text(103.2) == "/ admin:collect 3 s"
    line.received(3_150_000)
    assert line.text(112.0) == "- admin:collect 12 s, 3.1 MB"


def test_transport_tells_how_much_of_an_answer_has_come(canned_panel: Any) -> None:
    canned_panel.says("admin_collect", {f"site{number}": "x" * 1000 for number in range(300)})
    panel = PanelConnection(Address(canned_panel.url, canned_panel.key))
    sizes: list[int] = []
    panel.progress = sizes.append
    assert len(panel.call("admin:collect").value) == 300
    assert sizes == sorted(sizes)
    assert len(sizes) > 3
    assert sizes[-1] > 300_000


def test_terminal_sees_which_of_several_sites_is_at_work(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_edit_site", True, delay=0.6)
    seen = seen_on_a_terminal(shell, "EditDomain", "-c", "ssh,enabled=0", "a.example", "b.example", "c.example")
    assert "admin:edit-site b.example (2 of 3) 1 s" in seen
    assert seen.endswith("\r\x1b[2K")


def test_colour_is_for_terminals_that_want_it(shell: Any, canned_panel: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    canned_panel.says("foo_bar", None, (("warning", "careful"),))
    assert "\x1b[33mWARNING \x1b[0m: careful" in seen_on_a_terminal(shell, "cpcmd", "foo:bar")
    monkeypatch.setenv("NO_COLOR", "1")
    assert seen_on_a_terminal(shell, "cpcmd", "foo:bar").startswith("WARNING : careful\r\n")


def test_quick_call_shows_no_line(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("common_whoami", "admin")
    assert seen_on_a_terminal(shell, "cpcmd", "common:whoami") == "admin\r\n"
