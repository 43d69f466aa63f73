from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from apnscp.core import atomic_files

RACER = """
import secrets, sys, time
from pathlib import Path
from apnscp.core.atomic_files import read_or_make

def make():
    time.sleep(max(0.0, float(sys.argv[2]) - time.time()))
    return secrets.token_hex(20_000).encode()

sys.stdout.buffer.write(read_or_make(Path(sys.argv[1]), make))
"""


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_with_its_mode_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    atomic_files.write(tmp_path / "note", b"one")
    assert (tmp_path / "note").read_bytes() == b"one"
    assert stat.S_IMODE((tmp_path / "note").stat().st_mode) == 0o600
    assert names(tmp_path) == ["note"]


def test_another_content_replaces_the_file_and_not_what_was_opened_before(tmp_path: Path) -> None:
    atomic_files.write(tmp_path / "note", b"one")
    with open(tmp_path / "note", "rb") as before:
        atomic_files.write(tmp_path / "note", b"two", 0o640)
        assert before.read() == b"one"
    assert (tmp_path / "note").read_bytes() == b"two"
    assert stat.S_IMODE((tmp_path / "note").stat().st_mode) == 0o640


def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "note").mkdir()
    with pytest.raises(OSError):
        atomic_files.write(tmp_path / "note", b"one")
    assert names(tmp_path) == ["note"]


def test_a_file_is_made_once_and_read_afterwards(tmp_path: Path) -> None:
    assert atomic_files.read_or_make(tmp_path / "secret", lambda: b"first") == b"first"
    assert atomic_files.read_or_make(tmp_path / "secret", lambda: b"second") == b"first"
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert names(tmp_path) == ["secret"]


def test_of_several_threads_that_make_a_file_one_wins(tmp_path: Path) -> None:
    together = Barrier(8)

    def make(number: int) -> bytes:
        together.wait(60)
        return b"%d" % number * 50_000

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda each: atomic_files.read_or_make(tmp_path / "secret", lambda: make(each)), range(8)))
    assert found == {(tmp_path / "secret").read_bytes()}
    assert names(tmp_path) == ["secret"]


def test_of_several_processes_that_make_a_file_one_wins(tmp_path: Path) -> None:
    start = str(time.time() + 1.5)
    line = [sys.executable, "-c", RACER, str(tmp_path / "secret"), start]
    racers = [subprocess.Popen(line, stdout=subprocess.PIPE) for _ in range(4)]
    assert {racer.communicate(timeout=120)[0] for racer in racers} == {(tmp_path / "secret").read_bytes()}
    assert names(tmp_path) == ["secret"]


def test_a_maker_that_fails_leaves_no_file(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise RuntimeError("no randomness")

    with pytest.raises(RuntimeError):
        atomic_files.read_or_make(tmp_path / "secret", fail)
    assert names(tmp_path) == []


def test_what_a_killed_process_left_beside_the_file_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / ".secret.0123456789abcdef").write_bytes(b"half")
    assert atomic_files.read_or_make(tmp_path / "secret", lambda: b"whole") == b"whole"


def test_a_file_is_made_once_without_hard_links_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert atomic_files.read_or_make(tmp_path / "secret", lambda: b"first") == b"first"
    assert atomic_files.read_or_make(tmp_path / "secret", lambda: b"second") == b"first"
    assert names(tmp_path) == ["secret"]
