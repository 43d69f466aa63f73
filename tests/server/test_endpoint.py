"""The note of a running server, and notes that servers which are gone have left."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from apnscp.server import endpoint
from apnscp.server.endpoint import RunningServer

HERE = RunningServer("http://127.0.0.1:2082", None, "the-key", None, os.getpid())
SERVER = """
import sys, time
from pathlib import Path
from apnscp.server.endpoint import RunningServer

with RunningServer("http://127.0.0.1:1", None, "the-key", None, 1).published(Path(sys.argv[1])):
    print("published", flush=True)
    time.sleep(60)
"""


def test_a_note_is_found_while_its_server_runs_and_gone_afterwards(tmp_path: Path) -> None:
    with HERE.published(tmp_path):
        assert endpoint.find(tmp_path) == HERE
        assert endpoint.find(tmp_path) == HERE
        assert stat.S_IMODE((tmp_path / "endpoint.json").stat().st_mode) == 0o600
    assert endpoint.find(tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_a_dead_note_stays_dead_when_its_pid_belongs_to_a_living_process(tmp_path: Path) -> None:
    for living in (1, os.getpid(), os.getppid()):
        (tmp_path / "endpoint.json").write_text(json.dumps(asdict(replace(HERE, pid=living))))
        assert endpoint.find(tmp_path) is None


def test_the_note_of_a_killed_server_is_dead_at_once(tmp_path: Path) -> None:
    line = [sys.executable, "-c", SERVER, str(tmp_path)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "published\n"
        assert endpoint.find(tmp_path) is not None
        server.kill()
        server.wait()
    assert (tmp_path / "endpoint.json").exists()
    assert endpoint.find(tmp_path) is None


def test_a_server_leaves_the_note_of_another_one_alone(tmp_path: Path) -> None:
    other = replace(HERE, url="http://127.0.0.1:9999")
    with HERE.published(tmp_path):
        second = other.published(tmp_path)
        second.__enter__()
        assert endpoint.find(tmp_path) == other
    assert endpoint.find(tmp_path) == other
    second.__exit__(None, None, None)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"url": 5}'])
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    with HERE.published(tmp_path):
        (tmp_path / "endpoint.json").write_text(text)
        assert endpoint.find(tmp_path) is None
