"""Run the shell sessions that documents show, and compare what they print with what the documents say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```(?P<language>[\w-]*) *(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
DATE = re.compile(r"\d{4}-\d\d-\d\d")
SESSION, SHELLS = "console", frozenset({"console", "sh", "bash", "shell", "zsh", "shell-session"})
NOT_RUN = "not-run:"


@dataclass(frozen=True)
class Block:
    """A fenced block of a document; `line` is that of its first command."""

    line: int
    language: str
    info: str
    body: str


@dataclass(frozen=True)
class Step:
    """A command as typed and what a terminal shows of it."""

    line: int
    command: str
    shown: str


@dataclass(frozen=True)
class Document:
    """A document with its shell sessions."""

    name: str

    @property
    def blocks(self) -> list[Block]:
        text = (ROOT / self.name).read_text("utf-8")
        return [
            Block(text.count("\n", 0, match.start()) + 2, match["language"], match["info"].strip(), match["body"])
            for match in FENCE.finditer(text)
        ]

    @property
    def sessions(self) -> list[Block]:
        """The blocks that are run; one that is neither a session nor told not to run is an error."""
        shells = [block for block in self.blocks if block.language in SHELLS]
        for block in shells:
            where = f"{self.name}:{block.line}"
            assert block.language == SESSION, f"{where}: a session is a block of the language `{SESSION}'"
            assert not block.info or block.info.startswith(NOT_RUN), f"{where}: `{block.info}' is not known"
        return [block for block in shells if not block.info]

    @property
    def not_run(self) -> dict[str, str]:
        """First command of each session that is not run -> why."""
        left_out = [block for block in self.blocks if block.info.startswith(NOT_RUN)]
        return {next(steps(block)).command: block.info.removeprefix(NOT_RUN).strip() for block in left_out}

    @property
    def commands(self) -> list[str]:
        """Every command that is run."""
        return [step.command for block in self.sessions for step in steps(block)]

    def run(self, panel: Any) -> None:
        """Run every session in turn and compare all that it prints."""
        assert self.sessions, f"{self.name} shows no session"
        for block in self.sessions:
            self.run_session(block, panel)

    def run_session(self, block: Block, panel: Any) -> None:
        """Run one session and compare all that it prints."""
        for step in steps(block):
            compare(f"{self.name}:{step.line}", step, panel)


def steps(block: Block) -> Iterator[Step]:
    """Cut a session into commands, ``$ `` with further lines behind ``> ``, and what follows each."""
    line, command, shown = 0, "", ""
    typing = False
    for number, text in enumerate(block.body.splitlines(), block.line):
        if text.startswith("$ "):
            if command:
                yield Step(line, command, shown)
            line, command, shown, typing = number, text[2:], "", True
        elif typing and text.startswith("> "):
            command += "\n" + text[2:]
        else:
            assert command, f"line {number}: a session starts with a command behind `$ '"
            shown, typing = f"{shown}{text}\n", False
    yield Step(line, command, shown)


def compare(where: str, step: Step, panel: Any) -> None:
    """Run a command and compare; any date in the document stands for today, ``...`` for any text or lines."""
    before = datetime.now(UTC)
    done = panel.shell(f"{{ {step.command}\n}} 2>&1")
    days = {before.strftime("%Y-%m-%d"), datetime.now(UTC).strftime("%Y-%m-%d")}
    printed, expected = re.sub("|".join(days), "TODAY", done.stdout), DATE.sub("TODAY", step.shown)
    printed, expected = (text.rstrip() + "\n" if text.strip() else "" for text in (printed, expected))
    told = f"{where}: $ {step.command}\n--- shown\n{expected}\n--- printed, exit code {done.returncode}\n{printed}"
    assert re.fullmatch(pattern(expected), printed), told
    assert done.returncode == 0, told


def pattern(expected: str) -> str:
    """Return the regular expression of a text in which ``...`` is a wildcard; every line ends in a line break."""
    return "".join(r"(?:.*\n)*" if line == "..." else _line(line) + r"\n" for line in expected.splitlines())


def _line(line: str) -> str:
    return ".*".join(re.escape(part) for part in line.split("..."))


@pytest.fixture(scope="session")
def document() -> Callable[[str], Document]:
    """Give a document by its path in the repository."""
    return Document


@pytest.fixture(scope="session")
def shells() -> frozenset[str]:
    """The languages of blocks that hold commands for a shell."""
    return SHELLS
