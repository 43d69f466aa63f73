"""Completion in bash, zsh and fish."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

COMMANDS = {"admin": ["collect", "edit_site", "get_plan"], "common": ["whoami"]}
BLOCKS = {
    "admin:edit-site": ["string $site", "array $opts = []"],
    "admin:get-plan": ["string $plan"],
    "admin:collect": ["array $params = []", "array $query = NULL", "array $sites = []"],
}


@pytest.fixture
def panel(canned_panel: Any) -> Any:
    canned_panel.says("misc_list_commands", COMMANDS)
    canned_panel.says("admin_get_domains", {1: "a.example", 2: "b.example"})
    canned_panel.says("admin_list_plans", ["basic", "pro"])
    table = [{"service": "diskquota", "parameter": "quota"}, {"service": "ssh", "parameter": "enabled"}]
    canned_panel.documents["/_emulator/services.json"] = json.dumps(table).encode()
    return canned_panel


def _offered(shell: Any, *words: str) -> list[str]:
    name = words[0]
    environ = {
        f"_{name.upper()}_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    done = shell(name, env=environ)
    assert done.stderr == ""
    return [line.partition(",")[2] for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["cpcmd", "a"], ["admin:"]),
        (["cpcmd", "admin:"], ["admin:collect", "admin:edit-site", "admin:get-plan"]),
        (["cpcmd", "admin_e"], ["admin:edit-site"]),
        (["cpcmd", "-d", "b"], ["b.example"]),
        (["cpcmd", "admin:edit-site", "a"], ["a.example"]),
        (["cpcmd", "admin:edit-site", "a.example", "[ssh.enabled:1,disk"], ["[ssh.enabled:1,diskquota.quota"]),
        (["cpcmd", "admin:get-plan", "p"], ["pro"]),
        (["cpcmd", "admin:collect", "[di"], ["[diskquota.quota"]),
        (["cpcmd", "admin:collect", "[]", "[]", "[]", "x"], []),
        (["EditDomain", "b"], ["b.example"]),
        (["EditDomain", "-c", "ssh"], ["ssh,enabled="]),
        (["EditDomain", "--plan", "b"], ["basic"]),
        (["DeleteDomain", "--dr"], ["--dry-run"]),
        (["get_site", "a"], ["a.example"]),
        (["get_config", "a.example", "di"], ["diskquota"]),
        (["get_config", "a.example", "diskquota", ""], ["quota"]),
    ],
)
def test_shell_is_offered_what_the_panel_has(shell: Any, panel: Any, words: list[str], offered: list[str]) -> None:
    if len(words) > 2 and words[1] in BLOCKS:
        parameters = [f"Parameter #{place} [ {text} ]" for place, text in enumerate(BLOCKS[words[1]])]
        panel.says("misc_info", {"doc": "", "parameters": parameters, "signature": "x()"})
    assert _offered(shell, *words) == offered


def test_second_time_asks_the_cache(shell: Any, panel: Any) -> None:
    assert _offered(shell, "cpcmd", "admin:c") == ["admin:collect"]
    asked = len(panel.asked)
    assert _offered(shell, "cpcmd", "admin:e") == ["admin:edit-site"]
    assert len(panel.asked) == asked


def test_nothing_is_offered_without_a_panel(shell: Any, panel: Any) -> None:
    panel.fault("misc_list_commands", "no")
    assert _offered(shell, "cpcmd", "a") == []


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_script_completes_every_command(shell: Any, name: str) -> None:
    done = shell("cpcmd", "completion", name)
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("cpcmd", "AddDomain", "EditDomain", "DeleteDomain", "get_site_id"):
        assert f"_{command.upper()}_COMPLETE={name}_complete" in done.stdout


def test_script_is_good_bash(shell: Any, need: Any) -> None:
    script = shell("cpcmd", "completion", "bash").stdout
    subprocess.run([need("bash"), "-n"], input=script, text=True, check=True)
    assert script.startswith("COMP_WORDBREAKS=${COMP_WORDBREAKS//:/}\n")


def test_unknown_shell_is_exit_2(shell: Any) -> None:
    done = shell("cpcmd", "completion", "tcsh")
    assert done.returncode == 2
    assert "One of bash, zsh, fish" in done.stderr
