"""How a command of this package is typed in any shell of this machine."""

from __future__ import annotations

import os
import shlex
import shutil
import sysconfig
from pathlib import Path


def typed(name: str) -> str:
    """Return what to type for a command: its name where every shell finds it, else its path, quoted.

    A virtual environment that is active here need not be so in the next terminal, so its commands are given by path
    unless they are also installed elsewhere on the PATH, as pipx does.
    """
    own = Path(sysconfig.get_path("scripts"), name)
    if not own.exists() or _elsewhere(own):
        return name
    return shlex.quote(str(own))


def _elsewhere(own: Path) -> bool:
    folders = [folder for folder in os.get_exec_path() if Path(folder).resolve() != own.parent.resolve()]
    found = shutil.which(own.name, path=os.pathsep.join(folders))
    return found is not None and os.path.samefile(found, own)
