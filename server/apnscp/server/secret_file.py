"""Where a server finds the secret of its panel: in ``APNSCP_SECRET`` or in a file of the state directory.

It never stands in the database, so that a copy of the database opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from pathlib import Path

from apnscp.core import atomic_files
from apnscp.core.secret import Secret
from apnscp.server import state_directory
from apnscp.server.settings import Settings, SetupError

NAME = "secret"
LENGTH = 32
"""Bytes of a new secret; the file holds them as hexadecimal digits."""
SHORTEST = 16
"""Bytes of the shortest secret that is taken from a file."""
WAY_OUT = (
    "bring it back from a backup or from another server of this panel, or set APNSCP_SECRET to the former one; where it is"
    " lost, `apnscpd serve --new-secret' makes another, and all API keys and second factors made so far end"
)


def load(settings: Settings) -> Secret:
    """Return the secret of the panel, made on first use.

    Raises SetupError for a file that holds no secret or cannot be read.
    """
    return _derived(settings.secret) if settings.secret else _read(_path(settings), _made)


def require(settings: Settings) -> Secret:
    """Return the secret of a panel that is there already.

    Raises Missing where there is no file, and SetupError for one that holds no secret or cannot be read.
    """
    return _derived(settings.secret) if settings.secret else _read(_path(settings), Path.read_bytes)


def renew(settings: Settings) -> Secret:
    """Return the secret that is set, else a new one that takes the place of the file's."""
    if not settings.secret:
        atomic_files.write(_path(settings), _new())
    return load(settings)


def source(settings: Settings) -> str:
    """Return where the secret comes from, for people."""
    return "APNSCP_SECRET" if settings.secret else str(_path(settings))


class Missing(SetupError):
    """There is no file with the secret."""


def _path(settings: Settings) -> Path:
    return settings.state_dir / NAME


def _new() -> bytes:
    return secrets.token_hex(LENGTH).encode()


def _made(path: Path) -> bytes:
    return atomic_files.read_or_make(path, _new)


def _derived(text: str) -> Secret:
    return Secret(hashlib.sha256(text.encode()).digest())


def _read(path: Path, content: Callable[[Path], bytes]) -> Secret:
    try:
        material = bytes.fromhex(content(path).decode("ascii"))
    except FileNotFoundError:
        raise Missing(f"the secret of this panel, {path}, is missing; {WAY_OUT}") from None
    except OSError as error:
        raise SetupError(state_directory.sentence(error)) from None
    except ValueError:
        material = b""
    if len(material) < SHORTEST:
        raise SetupError(f"{path} holds no secret ({2 * SHORTEST} hexadecimal digits or more); {WAY_OUT}")
    return Secret(material)
