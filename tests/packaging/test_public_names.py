"""The names that users rely on, written out: adding, renaming or removing one means changing a list here."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from apnscp.client.shell.completion_script import PROGRAMS

MODULES = {
    "apnscp.client": ["UtilAPI"],
    "apnscp.client.errors": [
        "ApisError",
        "AuthenticationFailed",
        "ConnectionFailed",
        "Fault",
        "LockedOut",
        "NotEmulated",
        "UnknownMethod",
    ],
    "apnscp.client.util_api": ["UtilAPI"],
    "apnscp.surrogates": ["Refused", "Role", "Secret", "Surrogate", "SurrogateError", "command", "load", "moved"],
    "apnscp.server.testing": [
        "KEY",
        "Call",
        "Done",
        "EmulatedPanel",
        "InjectedFailure",
        "PanelClock",
        "Reply",
        "make_panel",
    ],
}
FIXTURES = ["apnscp_store", "apnscp_surrogates", "panel", "panel_url", "session_panel", "session_panel_url"]
SCRIPTS = {
    "ActivateDomain": "apnscp.client.shell.domains:activate",
    "AddDomain": "apnscp.client.shell.domains:add",
    "DeleteDomain": "apnscp.client.shell.domains:delete",
    "EditDomain": "apnscp.client.shell.domains:edit",
    "SuspendDomain": "apnscp.client.shell.domains:suspend",
    "apnscpd": "apnscp.server.cli.main:main",
    "cpcmd": "apnscp.client.shell.cpcmd:main",
    "get_config": "apnscp.client.shell.site_helpers:config_main",
    "get_site": "apnscp.client.shell.site_helpers:site_main",
    "get_site_id": "apnscp.client.shell.site_helpers:id_main",
}
PROJECT: dict[str, Any] = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.mark.parametrize("module", MODULES)
def test_a_module_offers_the_listed_names_and_no_other(module: str) -> None:
    assert sorted(import_module(module).__all__) == sorted(MODULES[module])


@pytest.mark.parametrize(("module", "name"), [(module, name) for module in MODULES for name in MODULES[module]])
def test_a_public_name_can_be_imported(module: str, name: str) -> None:
    assert getattr(import_module(module), name) is not None


@pytest.mark.parametrize("module", ["apnscp.client", "apnscp.client.errors", "apnscp.client.util_api"])
def test_nothing_that_looks_public_is_left_out_of_the_list(module: str) -> None:
    assert [name for name in _own_names(import_module(module)) if name not in MODULES[module]] == []


def test_the_plugin_gives_the_listed_fixtures(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "--fixtures", "-p", "no:cacheprovider"]
    listed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert sorted(re.findall(r"^(\w+) .*-- .*apnscp/server/testing/", listed, re.MULTILINE)) == FIXTURES


def test_the_console_scripts_are_those_listed() -> None:
    assert PROJECT["scripts"] == SCRIPTS


@pytest.mark.parametrize("target", SCRIPTS.values())
def test_a_console_script_starts_a_function(target: str) -> None:
    module, _, function = target.partition(":")
    assert callable(getattr(import_module(module), function))


def test_every_command_line_of_the_client_can_be_completed() -> None:
    assert sorted(PROGRAMS) == sorted(name for name, target in SCRIPTS.items() if target.startswith("apnscp.client."))


def test_the_pytest_plugin_is_registered() -> None:
    assert PROJECT["entry-points"] == {"pytest11": {"apnscp": "apnscp.server.testing"}}


def _own_names(module: ModuleType) -> list[str]:
    """Return the names without an underscore that a module defines, less what is there for annotations."""
    names = [name for name in vars(module) if not name.startswith("_") and name not in ("annotations", "TYPE_CHECKING")]
    return [name for name in names if not isinstance(getattr(module, name), ModuleType)]
