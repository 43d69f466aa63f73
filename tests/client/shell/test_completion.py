"""Completion in bash, zsh and fish."""

from __future__ import annotations

import json
import re
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
        assert re.search(rf"\b_{command.upper()}_COMPLETE\b", done.stdout)


def in_bash(shell: Any, need: Any, line: str) -> subprocess.CompletedProcess[str]:
    script = shell("cpcmd", "completion", "bash").stdout
    return subprocess.run([need("bash"), "-c", script + line], capture_output=True, text=True, check=True)


COMPLETE = """
cpcmd() {{ :; }}
env() {{ echo asked "$@" >&2; printf 'plain,admin:collect\nplain,admin:edit-site\n'; }}
COMP_LINE={line!r} COMP_WORDS=({words}) COMP_CWORD={cword}
_cpcmd_completion cpcmd; echo "${{COMPREPLY[*]}}"
"""


@pytest.mark.parametrize(
    ("line", "words", "cword", "asked", "offered"),
    [
        ("cpcmd admin:", "cpcmd admin :", 2, "COMP_WORDS=cpcmd admin: COMP_CWORD=1", "collect edit-site"),
        ("cpcmd admin:co", "cpcmd admin : co", 3, "COMP_WORDS=cpcmd admin:co COMP_CWORD=1", "collect edit-site"),
        ("cpcmd -d a.x admin:", "cpcmd -d a.x admin :", 4, "COMP_WORDS=cpcmd -d a.x admin: COMP_CWORD=3", None),
        ("cpcmd admin", "cpcmd admin", 1, "COMP_WORDS=cpcmd admin COMP_CWORD=1", "admin:collect admin:edit-site"),
        ("cpcmd a : b", "cpcmd a : b", 3, "COMP_WORDS=cpcmd a : b COMP_CWORD=3", None),
    ],
)
def test_bash_asks_with_the_method_as_one_word_and_is_offered_what_follows_the_colon(
    shell: Any, need: Any, line: str, words: str, cword: int, asked: str, offered: str | None
) -> None:
    done = in_bash(shell, need, COMPLETE.format(line=line, words=words, cword=cword))
    assert " ".join(done.stderr.split()) == f"asked _CPCMD_COMPLETE=bash_complete {asked} cpcmd"
    assert offered is None or done.stdout == f"{offered}\n"


def test_bash_keeps_the_word_breaks_of_other_programs(shell: Any, need: Any) -> None:
    done = in_bash(shell, need, "\ndeclare -p COMP_WORDBREAKS; complete -p cpcmd EditDomain")
    assert ":" in done.stdout.partition("complete")[0]
    assert done.stdout.splitlines()[-1] == "complete -o nosort -F _EditDomain_completion EditDomain"


def test_unknown_shell_is_exit_2(shell: Any) -> None:
    done = shell("cpcmd", "completion", "tcsh")
    assert done.returncode == 2
    assert "'tcsh' is not one of 'bash', 'zsh', 'fish'" in done.stderr
