"""The group of commands: found in their files, imported late, and the same when there is no panel."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from apnscp.server import cli
from apnscp.server.cli.main import COMMANDS, main

HELPERS = {"__init__", "decorators", "main"}
NEED_A_PANEL = (
    ("calls",), ("cron",), ("key",), ("key", "--new"), ("outbox",), ("scope", "cp.api"), ("usage", "site1"),
)  # fmt: skip


def test_each_file_is_a_command_of_its_name() -> None:
    files = {path.stem for path in Path(cli.__path__[0]).glob("*.py")} - HELPERS
    assert tuple(sorted(files)) == COMMANDS
    for name in COMMANDS:
        command = getattr(import_module(f"{cli.__name__}.{name}"), name)
        assert isinstance(command, click.Command)
        assert command.name == name


def test_commands_are_imported_when_they_are_asked_for() -> None:
    code = "import json, sys\nimport apnscp.server.cli.main\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    imported = set(json.loads(done.stdout))
    assert not imported & {"sqlalchemy", "dateparser", "spyne", *(f"{cli.__name__}.{name}" for name in COMMANDS)}


def test_help_lists_every_command_with_its_sentence() -> None:
    lines = CliRunner().invoke(main, ["--help"]).output.partition("Commands:\n")[2].splitlines()
    listed = {line.split()[0]: line.split(None, 1)[1:] for line in lines if line.startswith("  ") and line[2] != " "}
    assert tuple(listed) == COMMANDS
    assert all(listed.values())


def test_an_unknown_command_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["decorators"])
    assert (result.exit_code, "No such command 'decorators'" in result.output) == (2, True)


@pytest.mark.parametrize("words", NEED_A_PANEL)
def test_without_a_panel_commands_say_so_and_make_none(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path / "none"))
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.output) == (
        1, "Error: There is no panel in this store yet; start one with `apnscpd serve'\n",
    )  # fmt: skip
    assert not (tmp_path / "none").exists()


def test_a_setting_that_cannot_be_used_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APNSCP_PORT", "http")
    result = CliRunner().invoke(main, ["cron"])
    assert (result.exit_code, result.output) == (
        1, "apnscpd: --port (APNSCP_PORT) takes a whole number, not `http'\n",
    )  # fmt: skip


@pytest.mark.parametrize("words", [("key", "--list"), ("scope", "cp.api"), ("cron",), ("seed", "--sites", "1")])
def test_a_damaged_secret_is_one_line(words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APNSCP_STATE_DIR", str(tmp_path))
    CliRunner().invoke(main, ["seed", "--sites", "1"])
    (tmp_path / "secret").write_text("")
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert result.output.startswith(f"Error: {tmp_path}/secret holds no secret ")
    assert result.output.count("\n") == 1
