"""Answers of a panel that change seldom, kept in files for a while."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable
from typing import Any

from apnscp.client.errors import ApisError
from apnscp.client.shell.config import cache_dir


def cached(kind: str, about: str, life: float, ask: Callable[[], Any]) -> Any:
    """Return an answer from its file while that is young, else ask; an old answer is better than an error.

    kind: what it is, part of the file's name
    about: panel and caller, so that answers of one never show up for another
    life: seconds
    ask: gets the answer, as JSON can hold it
    Raises what `ask` raises where no file helps.
    """
    path = cache_dir() / f"{kind}-{hashlib.sha256(about.encode('utf-8', 'replace')).hexdigest()[:24]}.json"
    kept, age = _load(str(path))
    if kept is not None and 0 <= age < life:
        return kept
    try:
        answer = ask()
    except ApisError:
        if kept is None:
            raise
        return kept
    _keep(str(path), answer)
    return answer


def _load(path: str) -> tuple[Any, float]:
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file), time.time() - os.fstat(file.fileno()).st_mtime
    except (OSError, ValueError):
        return None, 0.0


def _keep(path: str, answer: Any) -> None:
    """Write the file in one step; a home without room for a cache is no reason to fail."""
    draft = f"{path}.{os.getpid()}"
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(answer, file)
        os.replace(draft, path)
