"""The note that a running server leaves in its state directory: where it is and how to call it."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from apnscp.core import atomic_files
from apnscp.server import state_directory
from apnscp.server.settings import SetupError

NAME = "endpoint.json"
_EXPORTS = (("APNSCP_URL", "url"), ("APNSCP_TLS_URL", "tls_url"), ("APNSCP_KEY", "key"), ("APNSCP_CA", "ca"))


@dataclass(frozen=True)
class RunningServer:
    """Addresses of a server, its administrator's key, and what its certificate is checked with.

    url, tls_url: scheme, host and port; `tls_url` is None without TLS
    ca: PEM file that clients may trust; None when the operator gave a certificate of their own
    pid: process that serves, for people; whether it still does is told by the lock of the note
    db: where the server keeps its store, so that the other commands find it; None for the file in the state directory
    surrogates: the folder of its surrogates, None without any
    """

    url: str
    tls_url: str | None
    key: str
    ca: str | None
    pid: int
    db: str | None = None
    surrogates: str | None = None

    @property
    def urls(self) -> list[str]:
        """The addresses of all listeners."""
        return [self.url, *([self.tls_url] if self.tls_url else [])]

    @contextmanager
    def published(self, state: Path) -> Iterator[None]:
        """Leave the note, readable for its owner alone, for the length of the block.

        It stays locked as long as this process lives, by which `find` tells it from one that a killed server left.
        """
        note = state / NAME
        with atomic_files.write_locked(note, json.dumps(asdict(self), indent=1).encode()) as held:
            try:
                yield
            finally:
                # another server on this state directory may have left its own note meanwhile
                if note.exists() and os.path.samestat(note.stat(), os.fstat(held.fileno())):
                    note.unlink()

    def exports(self) -> list[str]:
        """Return shell lines that set what ``cpcmd`` and the client read."""
        held = asdict(self)
        return [f"export {name}={shlex.quote(str(held[key]))}" for name, key in _EXPORTS if held[key]]


def find(state: Path) -> RunningServer | None:
    """Return the note of the server that runs on a state directory, None when none runs or the note is damaged.

    Raises SetupError for the note of another user.
    """
    try:
        with open(state / NAME, "rb") as note:
            return RunningServer(**json.load(note)) if atomic_files.is_locked(note) else None
    except PermissionError as error:
        raise SetupError(state_directory.sentence(error)) from error
    except (OSError, ValueError, TypeError):
        return None


def reachable(host: str) -> str:
    """Return the host under which this machine reaches its own listener: loopback for "every address".

    A listener on ``::`` takes IPv4 as well, which is there even where the kernel has no IPv6.
    """
    bare = host.strip("[]")
    bare = "127.0.0.1" if bare in ("0.0.0.0", "::") else bare
    return f"[{bare}]" if ":" in bare else bare
