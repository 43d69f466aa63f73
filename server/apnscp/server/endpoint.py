"""The note that a running server leaves in its state directory: where it is and how to call it."""

from __future__ import annotations

import json
import os
import shlex
from dataclasses import asdict, dataclass
from pathlib import Path

NAME = "endpoint.json"
_EXPORTS = (("APNSCP_URL", "url"), ("APNSCP_TLS_URL", "tls_url"), ("APNSCP_KEY", "key"), ("APNSCP_CA", "ca"))


@dataclass(frozen=True)
class RunningServer:
    """Addresses of a server, its administrator's key, and what its certificate is checked with.

    url, tls_url: scheme, host and port; `tls_url` is None without TLS
    ca: PEM file that clients may trust; None when the operator gave a certificate of their own
    pid: process that serves
    db: where an ephemeral server keeps its store, so that the other commands find it; None for a store that is found
        by the settings
    """

    url: str
    tls_url: str | None
    key: str
    ca: str | None
    pid: int
    db: str | None = None

    @property
    def urls(self) -> list[str]:
        """The addresses of all listeners."""
        return [self.url, *([self.tls_url] if self.tls_url else [])]

    def write(self, state: Path) -> None:
        """Leave the note, readable for its owner alone."""
        fresh = state / f".{NAME}.{self.pid}"
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(self), file, indent=1)
        fresh.replace(state / NAME)

    def remove(self, state: Path) -> None:
        """Take the note away, unless another server has left its own meanwhile."""
        found = read(state)
        if found is not None and found.pid == self.pid:
            (state / NAME).unlink(missing_ok=True)

    def exports(self) -> list[str]:
        """Return shell lines that set what ``cpcmd`` and the client read."""
        held = asdict(self)
        return [f"export {name}={shlex.quote(str(held[key]))}" for name, key in _EXPORTS if held[key]]


def read(state: Path) -> RunningServer | None:
    """Return the note in a state directory, or None when there is none that can be read."""
    try:
        return RunningServer(**json.loads((state / NAME).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def find(state: Path) -> RunningServer | None:
    """Return the note of the server that runs on a state directory; one of a killed server does not count."""
    found = read(state)
    return found if found is not None and _runs(found.pid) else None


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
