"""docs/security.md: its session runs, its profiles are all of them, and the tests that it names exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from apnscp.opcenter.access.key_rules import PROFILES
from apnscp.server.provisioning import prepare
from apnscp.server.settings import Settings
from tests.peers import require

ROOT = Path(__file__).parents[2]
PAGE = "docs/security.md"
TEXT = (ROOT / PAGE).read_text("utf-8")


@dataclass
class Operator:
    """Somebody with a shell on the machine of a panel."""

    state: Path

    def shell(self, line: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        environ = {"PATH": path, "HOME": str(self.state), "APNSCP_STATE_DIR": str(self.state), "LC_ALL": "C.UTF-8"}
        return subprocess.run(
            [require("bash"), "-c", line],
            capture_output=True,
            text=True,
            timeout=300,
            env=environ,
            cwd=self.state,
            check=False,
        )


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    (tmp_path / "db").mkdir()
    prepare(Settings(state_dir=tmp_path))
    return Operator(tmp_path)


def test_the_session_of_the_page_prints_what_it_says(document: Any, operator: Operator) -> None:
    assert document(PAGE).not_run == {}
    document(PAGE).run(operator)


def test_the_page_names_every_profile() -> None:
    assert set(re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE)) == set(PROFILES)


def test_every_test_that_the_page_names_is_there_and_every_threat_is_named() -> None:
    named = set(re.findall(r"tests/[\w/]+\.py", TEXT))
    assert [path for path in sorted(named) if not (ROOT / path).is_file()] == []
    threats = {f"tests/security/{path.name}" for path in (ROOT / "tests/security").glob("test_*.py")}
    assert threats <= named
