"""What the sessions of documents are held against: wildcards, continued lines, and blocks that cannot hide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.peers import require

FENCED = "Text\n\n```console\n$ echo a \\\n> b\na b\n$ printf 'x 1\\ny\\nz\\n'\nx ...\n...\nz\n```\n"


@pytest.fixture
def written(tmp_path: Path, document: Any) -> Any:
    def write(text: str) -> Any:
        path = tmp_path / "page.md"
        path.write_text(text)
        return document(str(path))

    return write


def test_matching_session_passes(written: Any, served_shell: Any) -> None:
    page = written(FENCED)
    assert page.commands == ["echo a \\\nb", "printf 'x 1\\ny\\nz\\n'"]
    page.run(served_shell)


@pytest.mark.parametrize(
    "session", ["$ echo a\nb\n", "$ echo a\n", "$ true\na\n", "$ echo a; false\na\n", "$ echo a >&2\n", "$ exit 3\n"]
)
def test_session_that_prints_otherwise_or_fails_is_found(written: Any, served_shell: Any, session: str) -> None:
    with pytest.raises(AssertionError):
        written(f"```console\n{session}```\n").run(served_shell)


@pytest.mark.parametrize("fence", ["bash", "sh", "console skip", "shell"])
def test_block_cannot_hide_from_being_run(written: Any, fence: str) -> None:
    with pytest.raises(AssertionError):
        _ = written(f"```{fence}\n$ echo a\na\n```\n").sessions


def test_page_without_a_session_is_no_tested_page(written: Any, served_shell: Any) -> None:
    with pytest.raises(AssertionError):
        written("```console not-run: needs a screen\n$ echo a\n```\n").run(served_shell)


def test_date_stands_for_today(written: Any, served_shell: Any) -> None:
    written("```console\n$ date -u +'on %Y-%m-%d'\non 2020-01-02\n```\n").run(served_shell)
    with pytest.raises(AssertionError):
        written("```console\n$ echo on 2020-01-02\non 2020-01-02\n```\n").run(served_shell)


@pytest.fixture
def served_shell(tmp_path: Path) -> Any:
    """A shell with the same behaviour as a served panel's, without the panel."""
    import subprocess

    class Shell:
        def shell(self, line: str) -> Any:
            command = [require("bash"), "-o", "pipefail", "-c", line]
            return subprocess.run(command, capture_output=True, text=True, check=False)

    return Shell()
