"""What a run says where something is missing that is not Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.peers import PEERS, summary

HERE = Path(__file__).parent
NEEDY = "tests/wire/soap/test_description.py"


def run_without_peers(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run tests that need PHP, Node.js and Perl where no program can be found."""
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", NEEDY]
    clean = {name: value for name, value in os.environ.items() if name != "APNSCP_REQUIRE_PEERS"}
    return subprocess.run(
        line, cwd=HERE.parent, env=clean | {"PATH": str(folder)} | environ, capture_output=True, text=True, check=False
    )


def test_a_missing_peer_skips_and_the_last_line_names_it(tmp_path: Path) -> None:
    done = run_without_peers(tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.splitlines()[-1] == (
        "Peers that were missing: Node.js with the package soap (1 test), PHP with ext-soap (1 test), "
        "Perl with SOAP::Lite (1 test); with ARGS=-rs make test says how to get them."
    )


def test_a_missing_peer_fails_where_peers_are_required(tmp_path: Path) -> None:
    done = run_without_peers(tmp_path, APNSCP_REQUIRE_PEERS="1")
    assert done.returncode == 1
    assert "3 failed" in done.stdout


def test_a_skip_says_what_is_missing_what_it_would_show_and_how_to_get_it() -> None:
    assert PEERS["php"].sentence == (
        "PHP with ext-soap is missing: with it, this test shows that PHP, in which billing modules are written, reads "
        "and writes the same. apt install php-cli php-soap"
    )


def test_nothing_is_said_where_nothing_was_missing() -> None:
    assert summary(["Skipped: needs the device that is always full"]) == ""


@pytest.mark.parametrize(
    ("arguments", "value", "printed"),
    [
        (["-r", ".[0]"], ["basic", "pro"], "basic\n"),
        (["-r", "keys[]"], {"site2": 1, "site10": 2}, "site10\nsite2\n"),
        (["-c", ".site1.diskquota"], {"site1": {"diskquota": {"quota": 5000, "unit": "Gß"}}}, '{"quota":5000,"unit":"Gß"}\n'),
        ([".a"], {"a": {"b": [1, None]}}, '{\n  "b": [\n    1,\n    null\n  ]\n}\n'),
    ],
)  # fmt: skip
def test_the_stand_in_for_jq_prints_what_jq_prints(
    need: Callable[[str], str], arguments: list[str], value: object, printed: str
) -> None:
    def run(program: str) -> str:
        done = subprocess.run(
            [program, *arguments], input=json.dumps(value), capture_output=True, text=True, check=True
        )
        return done.stdout

    assert run(str(HERE / "stand_ins" / "jq")) == printed
    assert run(need("jq")) == printed
