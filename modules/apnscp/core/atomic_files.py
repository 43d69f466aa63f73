"""Files that are there as a whole or not at all, whatever else writes them and whenever the machine stops."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
"""Mode of a file that its owner alone may read."""


def write(path: Path, content: bytes, mode: int = PRIVATE) -> None:
    """Write a file, replacing the one that is there.

    mode: permissions of the file, less what the process's umask takes away
    """
    with _draft(path, content, mode) as draft:
        draft.replace(path)


def write_locked(path: Path, content: bytes, mode: int = PRIVATE) -> BinaryIO:
    """Write a file as `write` does and return it locked: until it is closed or this process ends, `is_locked` is true."""
    with _draft(path, content, mode) as draft:
        held = open(draft, "r+b")  # noqa: SIM115 -- the caller closes it
        fcntl.flock(held, fcntl.LOCK_EX)
        draft.replace(path)
    return held


def is_locked(file: BinaryIO) -> bool:
    """Tell whether a living process holds the lock of an open file that `write_locked` wrote."""
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    fcntl.flock(file, fcntl.LOCK_UN)
    return False


def read_or_make(path: Path, make: Callable[[], bytes], mode: int = PRIVATE) -> bytes:
    """Return the content of a file, made with `make` when there is none yet.

    mode: permissions of a new file, less what the process's umask takes away

    Of several processes that do this at once one makes the file and all return its content.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    with _draft(path, make(), mode) as draft:
        _link(draft, path)
    return path.read_bytes()


@contextmanager
def _draft(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """Give a file with the content beside `path`; once the block is done, what it did to the directory is on the disk."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield draft
    finally:
        draft.unlink(missing_ok=True)
    _sync_directory(path.parent)


def _link(draft: Path, path: Path) -> None:
    """Give the draft its name unless another process was first."""
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links: a rename is as whole, though it would win over an earlier one
        if not path.exists():
            draft.replace(path)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
