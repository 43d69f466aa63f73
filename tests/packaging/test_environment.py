"""tools/environment on machines whose Python will not do, and the versions that it installs."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OLD = """#!/bin/sh
case "$2" in *version_info*) exit 1 ;; *python_version*) echo 3.10.13 ;; esac
"""
WITHOUT_ENSUREPIP = f"""#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; esac
exec {sys.executable} "$@"
"""
STOPS_BEFORE_MAKING = f"""#!/bin/sh
[ "$1" = -m ] && exit 3
exec {sys.executable} "$@"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs in which there is no Python."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "dirname").symlink_to(str(shutil.which("dirname")))
    return programs


def put(machine: Path, name: str, text: str) -> None:
    (machine / name).write_text(text)
    (machine / name).chmod(0o755)


def said(machine: Path, what: str = "serve", **environ: str) -> tuple[int, str]:
    """Return the exit code and what tools/environment says of a machine."""
    line = ["/bin/sh", str(ROOT / "tools" / "environment"), str(machine.parent / "venv"), what]
    done = subprocess.run(line, env={"PATH": str(machine)} | environ, capture_output=True, text=True, check=False)
    assert done.stdout == ""
    return done.returncode, done.stderr.replace(str(machine), "BIN").replace(str(machine.parent), "HOME")


def test_a_machine_without_python_is_told_what_to_install(machine: Path) -> None:
    assert said(machine) == (
        1,
        "make: Python 3.11 or newer is needed, and python3 is not there. "
        "Install python3.11 or newer, or name one: make PYTHON=/path/to/python3.12\n",
    )


def test_a_python_that_is_too_old_is_named_before_pip_is_asked(machine: Path) -> None:
    put(machine, "python3", OLD)
    assert said(machine) == (
        1,
        "make: Python 3.11 or newer is needed, and python3 is 3.10.13 (BIN/python3). "
        "Install python3.11 or newer, or name one: make PYTHON=/path/to/python3.12\n",
    )


def test_a_newer_python_beside_an_old_one_is_taken(machine: Path) -> None:
    put(machine, "python3", OLD)
    put(machine, "python3.13", STOPS_BEFORE_MAKING)
    code, text = said(machine)
    assert code == 3
    assert re.fullmatch(r"Making HOME/venv with Python 3\.\d+\.\S+ \(BIN/python3\.13\)\.\n", text)


def test_a_python_that_was_named_is_the_only_one_that_is_tried(machine: Path) -> None:
    put(machine, "python3", OLD)
    put(machine, "python3.13", STOPS_BEFORE_MAKING)
    code, text = said(machine, PYTHON="python3")
    assert (code, "python3 is 3.10.13" in text) == (1, True)


def test_a_python_without_ensurepip_names_the_package_to_install(machine: Path) -> None:
    put(machine, "python3", WITHOUT_ENSUREPIP)
    sentence = (
        "make: BIN/python3 lacks the modules venv and ensurepip; on Debian and Ubuntu: apt install python{}-venv\n"
    )
    assert said(machine) == (1, sentence.format("{}.{}".format(*sys.version_info[:2])))


PINS = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE))
WANTED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]


@pytest.mark.parametrize("wanted", WANTED)
def test_the_version_of_every_dependency_is_pinned_within_its_range(wanted: str) -> None:
    requirement = Requirement(wanted)
    pinned = PINS.get(re.sub(r"[-_.]+", "-", requirement.name).lower(), "")
    assert pinned in requirement.specifier, f"{wanted} is not met by constraints.txt; run `make lock'"
