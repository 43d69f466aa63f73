"""On what was measured: the machine, the system, and the versions of all that takes part."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from peers import NODE, Missing, program

PACKAGES = ("apnscp-emulator", "spyne", "lxml", "SQLAlchemy", "click", "gunicorn")
PROGRAMS = {"PHP": (("php",), "-v"), "nginx": (("nginx",), "-v"), "Node": (("node",), "-v")}
_NUMBER = re.compile(r"\d+(?:\.\d+)+")


def described() -> dict[str, str]:
    """Return what is told of the machine, by name; what is not installed is left out."""
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **_packages(),
        **_programs(),
        "others' load": f"{os.getloadavg()[0]:.1f} processes at the start",
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _packages() -> dict[str, str]:
    found = {}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _programs() -> dict[str, str]:
    found = {}
    for name, (words, flag) in PROGRAMS.items():
        try:
            done = subprocess.run([program(*words), flag], capture_output=True, text=True, check=True)
        except (Missing, subprocess.CalledProcessError):
            continue
        version = _NUMBER.search(done.stdout + done.stderr)
        found[name] = version[0] if version else "unknown"
    soap = NODE / "node_modules" / "soap" / "package.json"
    if soap.exists():
        found["node-soap"] = re.search(r'"version": *"([^"]+)"', soap.read_text("utf-8"))[1]
    return found
