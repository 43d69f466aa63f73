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

HELPERS = {"one_call", "__init__", "decorators", "error_lines", "loading", "main", "moments", "store_options"}
NEED_A_PANEL = (
    ("calls",), ("cron",), ("key",), ("key", "--new"), ("outbox",), ("password", "--generate"), ("plan", "--default", "pro"),
    ("scope", "cp.api"), ("usage", "site1"),
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


def test_help_fits_80_columns_and_is_cut_nowhere() -> None:
    for words in ([], *([name] for name in COMMANDS)):
        usage, *lines = CliRunner().invoke(main, [*words, "--help"], terminal_width=80).output.splitlines()
        assert usage.startswith("Usage: apnscpd ")
        assert [line for line in (usage, *lines) if len(line) > 80] == []
        assert [line for line in lines if "..." in line] == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["decorators"], "apnscpd: No such command 'decorators'; `apnscpd --help' shows what there is\n"),
        (["calls", "--zzz"], "apnscpd: No such option '--zzz'; `apnscpd calls --help' shows what there is\n"),
        (["usage"], "apnscpd: Missing argument 'SITE'; `apnscpd usage --help' shows what there is\n"),
        (
            ["key", "--new", "--list"],
            "apnscpd: Give one of --new, --list, --remove; `apnscpd key --help' shows what there is\n",
        ),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_2(words: list[str], line: str) -> None:
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.replace("option: --zzz", "option '--zzz'") == line


@pytest.mark.parametrize("words", NEED_A_PANEL)
@pytest.mark.parametrize("place", ["before", "behind", "variable"])
def test_without_a_panel_commands_say_so_and_make_none(
    words: tuple[str, ...], place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = tmp_path / "none"
    monkeypatch.delenv("APNSCP_STATE_DIR", raising=False)
    option = ["--state-dir", str(state)]
    if place == "variable":
        monkeypatch.setenv("APNSCP_STATE_DIR", str(state))
        option = []
    result = CliRunner().invoke(main, [*words, *option] if place == "behind" else [*option, *words])
    assert (result.exit_code, result.output) == (
        1,
        f"apnscpd: There is no panel in sqlite:///{state}/db/panel.sqlite3; start one with `apnscpd serve', or name"
        " another with --state-dir or --db\n",
    )
    assert not state.exists()


def test_a_database_is_named_before_or_behind_the_command(tmp_path: Path) -> None:
    state, url = str(tmp_path / "state"), f"sqlite:///{tmp_path}/elsewhere.db"
    made = CliRunner().invoke(main, ["--state-dir", state, "--db", url, "seed", "--sites", "2"])
    assert made.exit_code == 0, made.output
    assert (tmp_path / "elsewhere.db").exists()
    for words in (["--db", url, "usage", "site2"], ["usage", "site2", "--db", url]):
        result = CliRunner().invoke(main, ["--state-dir", state, *words])
        assert result.output.startswith("storage ")


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
    assert result.output.startswith(f"apnscpd: {tmp_path}/secret holds no secret ")
    assert result.output.count("\n") == 1
