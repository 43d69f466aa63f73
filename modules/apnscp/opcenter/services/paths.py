"""Paths inside an account, as methods take them for homes and document roots."""

from __future__ import annotations

import re

ROOTS = ("/home", "/var/www", "/usr/local")
"""Where homes and document roots may lie (docs/fidelity.md, "Users of accounts")."""
ROOT_WORDS = "an absolute path below /home, /var/www or /usr/local, such as /var/www/example"

_PATH = re.compile(r"/[A-Za-z0-9_.+@~-]+(?:/+[A-Za-z0-9_.+@~-]+)*/*", re.ASCII)
_LONGEST = 1_024


def directory(text: str) -> str:
    """Return the path of a directory without a final slash; raises ValueError for one that is not below ROOTS."""
    if len(text) > _LONGEST or not _PATH.fullmatch(text):
        raise ValueError("not a path")
    parts = [part for part in text.split("/") if part]
    path = "/" + "/".join(parts)
    if {".", ".."} & set(parts) or not any(path.startswith(root + "/") for root in ROOTS):
        raise ValueError("not below a root")
    return path


def is_inside(path: str, folder: str) -> bool:
    """Tell whether a path is a folder itself or lies in it; final slashes do not count."""
    return f"{path.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")


def moved(path: str, before: str, after: str) -> str:
    """Return where a path lies after a folder moved from `before` to `after`; another path stays as it is."""
    return after.rstrip("/") + path[len(before.rstrip("/")) :] if is_inside(path, before) else path
