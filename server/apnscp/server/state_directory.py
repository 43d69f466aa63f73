"""The directory of a panel's state: made for its owner alone, and what is said where it cannot be used."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from apnscp.server.settings import SetupError

_WAYS_OUT = {
    errno.EACCES: "give it to the user who runs apnscpd (chown, chmod u+rwX), or name another with --state-dir",
    errno.EPERM: "give it to the user who runs apnscpd (chown, chmod u+rwX), or name another with --state-dir",
    errno.EROFS: "mount it writable, or name another with --state-dir",
    errno.ENOSPC: "free some space there, or name another with --state-dir",
    errno.EDQUOT: "free some space there, or name another with --state-dir",
    errno.ENOTDIR: "a directory is needed there; name another with --state-dir",
    errno.EEXIST: "a directory is needed there; name another with --state-dir",
    errno.EISDIR: "a file is needed there; move the directory away",
}
"""Number of a system error -> what its owner can do about it."""


def make(path: Path) -> None:
    """Make the directory with mode 0700 where there is none.

    Raises SetupError, one sentence with the way out, where it cannot be made, read or written.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(sentence(error)) from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise SetupError(f"{path} cannot be used (no permission to write there); {_WAYS_OUT[errno.EACCES]}")


def sentence(error: OSError) -> str:
    """Return a system error as one sentence: what cannot be used, why, and the way out where one is known."""
    way_out = _WAYS_OUT.get(error.errno or 0)
    said = f"{error.filename or 'the system'} cannot be used ({error.strerror or error})"
    return f"{said}; {way_out}" if way_out else said
