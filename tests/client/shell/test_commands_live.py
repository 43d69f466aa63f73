"""cpcmd and the domain commands against a panel that its own command serves."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("served-client")

DOMAINS = ["test-domain-child1.com", "test-domain-child2.com", "test-domain.com"]


def offers(panel: Any, line: str) -> list[str]:
    """Return what a shell offers at the end of a line."""
    name, *words = line.split(" ")
    environ = {"COMP_WORDS": line, "COMP_CWORD": str(len(words)), f"_{name.upper()}_COMPLETE": "bash_complete"}
    done = panel.shell(name, **environ)
    assert (done.returncode, done.stderr) == (0, "")
    return [offer.partition(",")[2] for offer in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("cpcmd ram", ["rampart:"]),
        ("cpcmd admin:get-do", ["admin:get-domains"]),
        ("cpcmd -d test-domain-", DOMAINS[:2]),
        ("cpcmd -o ser", ["serialize"]),
        ("cpcmd admin:hijack test-domain.", ["test-domain.com"]),
        ("cpcmd admin:collect [siteinfo.domain,diskquota.q", ["[siteinfo.domain,diskquota.quota"]),
        ("EditDomain -c diskquota,quo", ["diskquota,quota="]),
        ("EditDomain --plan bus", ["business"]),
        ("cpcmd admin:get-plan star", ["starter"]),
        ("cpcmd admin:get-meta-from-domain site1 diskq", ["diskquota"]),
        ("cpcmd admin:get-meta-from-domain site1 diskquota un", ["units"]),
        ("AddDomain -p st", ["starter"]),
        ("SuspendDomain test-domain.com test-domain-", DOMAINS[:2]),
        ("get_site test-domain.", ["test-domain.com"]),
    ],
)
def test_shell_is_offered_what_the_panel_has(served_demo: Any, line: str, offered: list[str]) -> None:
    assert offers(served_demo, line) == offered


def test_completion_script_works_in_bash(served_demo: Any) -> None:
    line = (
        'eval "$(cpcmd completion bash)"; COMP_WORDS=(EditDomain -p bus); COMP_CWORD=2;'
        ' _EditDomain_completion EditDomain; echo "${COMPREPLY[*]}"; complete -p cpcmd'
    )
    done = served_demo.shell(line)
    assert done.stdout.splitlines()[0] == "business"
    assert done.stdout.splitlines()[1].endswith(" cpcmd")


@pytest.mark.parametrize(("fmt", "nothing"), [("json", "[] null"), ("serialize", "'a:0:{}' 'N;'"), ("cli", "[] null")])
def test_output_of_a_format_is_input_of_the_same(served_demo: Any, fmt: str, nothing: str) -> None:
    domains = f'"$(cpcmd -o {fmt} admin:get-domains)"'
    done = served_demo.shell(f"cpcmd -i {fmt} -o json admin:collect {nothing} {domains}")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(json.loads(done.stdout)) == DOMAINS


def test_closed_pipe_is_silent_for_results_and_messages(served_demo: Any) -> None:
    done = served_demo.shell(
        "cpcmd admin:collect null 2>&1 | true; EditDomain --dry-run --all -c ssh,enabled=0 2>&1 | true"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_site_administrator_does_not_see_the_panels_commands(served_demo: Any) -> None:
    done = served_demo.shell("cpcmd -d test-domain.com admin:get-plan")
    assert done.returncode == 5
    told = "admin_get_plan: command does not exist; `cpcmd -d SITE -l' lists what a site may call"
    assert done.stderr.splitlines()[0] == f"ERROR   : {told}"
    assert served_demo.shell("cpcmd -d test-domain.com -l 'admin:*'").stdout == "{  }\n"


def test_user_that_a_site_does_not_have_is_exit_1(served_demo: Any) -> None:
    done = served_demo.shell("cpcmd -d test-domain.com -u nobody common:whoami")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "ERROR   : Unknown user `nobody'\n")


def test_module_that_is_not_there_is_exit_5(served_demo: Any) -> None:
    done = served_demo.shell("cpcmd admn")
    assert (done.returncode, done.stderr) == (5, "ERROR   : admn: command does not exist; did you mean admin?\n")


def test_edit_of_all_sites_changes_every_one(served_demo: Any) -> None:
    done = served_demo.shell("EditDomain --all -c diskquota,quota=7000")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    rows = json.loads(served_demo.shell("cpcmd -o json admin:collect '[diskquota.quota]'").stdout)
    assert [row["diskquota"]["quota"] for row in rows.values()] == [7000, 7000, 7000]


def test_error_of_one_site_leaves_the_others_done(served_demo: Any) -> None:
    done = served_demo.shell("EditDomain -c ssh,enabled=0 nobody.example site2 site3")
    assert done.returncode == 1
    assert done.stderr.startswith("ERROR   : Unknown site `nobody.example'")
    rows = json.loads(served_demo.shell("cpcmd -o json admin:collect '[ssh.enabled]' '[ssh.enabled:0]'").stdout)
    assert list(rows) == ["site2", "site3"]


def test_dry_run_that_the_panel_refuses_prints_no_change(served_demo: Any) -> None:
    done = served_demo.shell("EditDomain --dry-run -c siteinfo,domain=test-domain-child2.com test-domain.com")
    assert (done.returncode, done.stdout) == (1, "")
    assert "`test-domain-child2.com' is in use by another account" in done.stderr


def test_password_in_a_dry_run_is_hidden(served_demo: Any) -> None:
    done = served_demo.shell("EditDomain --dry-run -c auth,tpasswd=Ver.y-1-Secret -c ssh,enabled=0 site1")
    assert done.stdout == "site1:\n  ssh: { enabled: 0 }\n  auth: { tpasswd: (hidden) }\n"
    assert "Secret" not in done.stderr


def test_dry_run_without_a_change_says_so(served_demo: Any) -> None:
    done = served_demo.shell("EditDomain --dry-run -c ssh,enabled=1 site1")
    assert (done.stdout, done.stderr) == ("site1: {  }\n", "INFO    : site1 (test-domain.com): nothing would change\n")
