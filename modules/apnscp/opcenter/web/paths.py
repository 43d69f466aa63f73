"""Document roots: where they may lie, and to whom they belong (docs/panel.md, section 28)."""

from __future__ import annotations

import posixpath

from apnscp.core.coerce import shown
from apnscp.core.errors import Refused

MAIN = "/var/www/html"
"""Document root of the primary domain, and of an alias that has none of its own."""
ALLOWED = ("/var/www", "/home")
"""Folders below which every document root lies."""


def document_root(text: str) -> str:
    """Return a document root as an absolute path without a slash at its end; a relative one is below /var/www.

    Raises Refused for a path outside of the allowed folders, one with a line break, and an empty one.
    """
    path = posixpath.normpath(posixpath.join(ALLOWED[0], text.strip()))
    if not text.strip() or not text.isprintable() or not any(path.startswith(root + "/") for root in ALLOWED):
        raise Refused("%s cannot be a document root; name a folder below %s", shown(text), " or ".join(ALLOWED))
    return path


def below(root: str, path: str) -> str:
    """Return the folder `path` of a document root; raises Refused for a path that leads out of it."""
    found = posixpath.normpath(posixpath.join(root, path.strip().lstrip("/")))
    if found != root and not found.startswith(root + "/"):
        raise Refused("%s leads out of the document root %s", shown(path), root)
    return found


def owner(path: str, administrator: str) -> str:
    """Return the user to whom a document root belongs: the one in whose home it lies, else the administrator."""
    parts = path.split("/")
    return parts[2] if parts[1] == "home" else administrator
