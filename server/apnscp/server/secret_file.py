"""Where a server finds the secret of its panel: in ``APNSCP_SECRET`` or in a file of the state directory.

It never stands in the database, so that a copy of the database opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from apnscp.core import atomic_files
from apnscp.core.secret import Secret
from apnscp.server.settings import Settings, SetupError

NAME = "secret"
LENGTH = 32
"""Bytes of a new secret; the file holds them as hexadecimal digits."""
SHORTEST = 16
"""Bytes of the shortest secret that is taken from a file."""


def load(settings: Settings) -> Secret:
    """Return the secret of the panel, made on first use.

    Raises SetupError for a file that holds no secret.
    """
    if settings.secret:
        return _derived(settings.secret)
    path = settings.state_dir / NAME
    return _read(path, atomic_files.read_or_make(path, lambda: secrets.token_hex(LENGTH).encode()))


def require(settings: Settings) -> Secret:
    """Return the secret of a panel that is there already.

    Raises SetupError where there is no file, and for one that holds no secret.
    """
    if settings.secret:
        return _derived(settings.secret)
    path = settings.state_dir / NAME
    try:
        return _read(path, path.read_bytes())
    except FileNotFoundError:
        raise SetupError(f"{path} is missing; copy it from the server of this panel, or set APNSCP_SECRET") from None


def _derived(text: str) -> Secret:
    return Secret(hashlib.sha256(text.encode()).digest())


def _read(path: Path, content: bytes) -> Secret:
    try:
        material = bytes.fromhex(content.decode("ascii"))
    except ValueError:
        material = b""
    if len(material) < SHORTEST:
        raise SetupError(
            f"{path} holds no secret ({2 * SHORTEST} hexadecimal digits or more); restore it from a backup, or remove it:"
            " the next start makes another, and all API keys but the administrator's must be made again"
        )
    return Secret(material)
