"""Answers of a panel that seldom change, kept in files for a while."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from apnscp.client.errors import ApisError
from apnscp.client.shell.files import cache_dir, write_private


def cached(kind: str, caller: str, lifetime: float, ask: Callable[[], Any]) -> Any:
    """Return an answer from its file while that is fresh, else ask; an old answer is better than an error.

    kind: what it is, part of the file's name
    caller: panel and caller, so that nobody is given the answer of someone else
    lifetime: seconds
    ask: gets the answer, as JSON can hold it
    Raises what `ask` raises where no file helps.
    """
    path = cache_dir() / f"{kind}-{hashlib.sha256(caller.encode('utf-8', 'replace')).hexdigest()[:24]}.json"
    stored, age = _load(path)
    if stored is not None and 0 <= age < lifetime:
        return stored
    try:
        answer = ask()
    except ApisError:
        if stored is None:
            raise
        return stored
    with contextlib.suppress(OSError):  # a command works without its cache
        write_private(path, json.dumps(answer))
    return answer


def _load(path: Path) -> tuple[Any, float]:
    try:
        with path.open(encoding="utf-8") as file:
            return json.load(file), time.time() - os.fstat(file.fileno()).st_mtime
    except (OSError, ValueError):
        return None, 0.0
