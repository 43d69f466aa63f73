"""Where the command lines keep their files, and how they write them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the profiles."""
    return _base_dir(environ, "XDG_CONFIG_HOME", ".config") / "cpcmd" / "config.toml"


def cache_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the directory of cached answers."""
    return _base_dir(environ, "XDG_CACHE_HOME", ".cache") / "apnscp"


def endpoint_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file in which a server on this machine writes its address and key."""
    state = environ.get("APNSCP_STATE_DIR")
    directory = Path(state).expanduser() if state else _base_dir(environ, "XDG_STATE_HOME", ".local/state") / "apnscp"
    return directory / "endpoint.json"


def write_private(path: Path, text: str) -> None:
    """Replace a file in one step; only its owner can read it. Missing directories are made.

    Raises OSError when it cannot be written.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(draft, path)


def _base_dir(environ: Mapping[str, str], variable: str, home: str) -> Path:
    named = environ.get(variable, "")
    return Path(named) if named.startswith("/") else Path(environ.get("HOME") or Path.home()) / home
