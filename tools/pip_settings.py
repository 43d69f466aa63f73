"""Carry the settings of this machine's pip into the system in a folder: python3 tools/pip_settings.py FOLDER."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

SECTIONS = ("global", "install", ":env:")
"""Where pip has settings, the weakest first."""
KEPT = ("index-url", "extra-index-url", "find-links", "trusted-host", "proxy", "timeout", "default-timeout", "retries")
FILES = ("cert", "client-cert")
"""Settings that name a file, which is copied."""


def read(listing: str) -> dict[str, str]:
    """Return name -> value of what ``pip config list`` prints, as installing has them: the environment wins."""
    found: dict[str, dict[str, str]] = {section: {} for section in SECTIONS}
    for line in listing.splitlines():
        key, _, value = line.partition("=")
        section, _, name = key.rpartition(".")
        if section in found and name in (*KEPT, *FILES):
            found[section][name] = str(ast.literal_eval(value))
    return {name: value for section in SECTIONS for name, value in found[section].items()}


def portable(settings: dict[str, str]) -> dict[str, str]:
    """Return the settings without the folders of this machine: what lies there is for its own Python."""
    kept = {name: value if name in FILES else _remote(value) for name, value in settings.items()}
    return {name: value for name, value in kept.items() if value}


def install(settings: dict[str, str], root: Path) -> None:
    """Write `etc/pip.conf` below `root`, and beside it the files that it names."""
    config = ConfigParser(interpolation=None)
    config["global"] = dict(settings)
    for name in FILES:
        if name in settings:
            shutil.copyfile(settings[name], root / f"etc/pip-{name}.pem")
            config["global"][name] = f"/etc/pip-{name}.pem"
    with open(root / "etc/pip.conf", "w") as file:
        config.write(file)


def _remote(value: str) -> str:
    return " ".join(word for word in value.split() if not word.startswith(("/", "file:", ".", "~")))


if __name__ == "__main__":
    done = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False)
    install(portable(read(done.stdout)), Path(sys.argv[1]))
