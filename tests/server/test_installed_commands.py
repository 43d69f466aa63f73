"""What the banner tells people to type works in a terminal that knows nothing of this one."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

import pytest

from apnscp.server.installed_commands import typed

OWN = Path(sysconfig.get_path("scripts"), "cpcmd")


def test_a_command_of_an_environment_is_typed_by_its_path_even_while_the_environment_is_active(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", f"{OWN.parent}:/usr/bin:/bin")
    assert typed("cpcmd") == str(OWN)
    assert subprocess.run([typed("cpcmd"), "--help"], env={}, capture_output=True, check=False).returncode == 0


def test_a_command_that_is_linked_into_the_path_is_typed_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpcmd").symlink_to(OWN)
    monkeypatch.setenv("PATH", f"{OWN.parent}:{tmp_path}")
    assert typed("cpcmd") == "cpcmd"


def test_the_command_of_a_panel_on_the_same_machine_is_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "cpcmd").write_text("#!/bin/sh\n")
    (tmp_path / "cpcmd").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert typed("cpcmd") == str(OWN)


def test_a_command_that_is_not_installed_beside_python_is_typed_by_its_name() -> None:
    assert typed("no-such-command") == "no-such-command"
