"""AddDomain, EditDomain, DeleteDomain, SuspendDomain, ActivateDomain: what they ask the panel and what they print."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from typing import Any

import pytest

NAMES = ("admin_add_site", "admin_edit_site", "admin_delete_site", "admin_deactivate_site", "admin_activate_site")
TABLE = [
    {
        "service": "aliases",
        "parameter": "enabled",
        "default": "1",
        "type": "bool int",
        "accepted": "0|1",
        "meaning": "switch",
        "takes_default": True,
    },
    {
        "service": "diskquota",
        "parameter": "quota",
        "default": None,
        "type": "int|null",
        "accepted": "",
        "meaning": "storage",
    },
]


PIPES = {"capture_output": False, "stdin": None, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


@pytest.fixture
def panel(canned_panel: Any) -> Any:
    for name in NAMES:
        canned_panel.says(name, True)
    canned_panel.documents["/_emulator/services.json"] = json.dumps(TABLE).encode()
    return canned_panel


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("EditDomain -c diskquota,quota=5000 INV-1", ["INV-1", {"diskquota.quota": 5000}, []]),
        ("EditDomain -D a.example --plan basic --reset", ["a.example", [], {"plan": "basic", "reset": True}]),
        (
            "EditDomain --dry-run --backup --force --reconfig site1 -c ssh,enabled=0",
            ["site1", {"ssh.enabled": 0}, {"dry-run": True, "backup": True, "force": True, "reconfig": True}],
        ),
        ("EditDomain --rebuild site1", ["site1", [], {"reconfig": True}]),
        ("EditDomain --reconfig", ["", [], {"reconfig": True, "all": True}]),
        ("EditDomain --all -c ssh,enabled=0", ["", {"ssh.enabled": 0}, {"all": True}]),
        ("DeleteDomain --dry-run --since=now INV-1", ["INV-1", {"since": "now", "dry-run": True}]),
        (
            "DeleteDomain --since=30days --filter=^spam --force",
            [None, {"since": "30days", "match": "^spam", "force": True}],
        ),
        ("DeleteDomain --since=now --match=x", [None, {"since": "now", "match": "x"}]),
        (
            "SuspendDomain --reason=overdue --template=late a.example",
            ["a.example", {"reason": "overdue", "template": "late"}],
        ),
        ("SuspendDomain a.example", ["a.example", []]),
        ("ActivateDomain a.example", ["a.example"]),
    ],
)
def test_command_line_becomes_one_call(shell: Any, panel: Any, command: str, asked: list[Any]) -> None:
    name, *args = command.split(" ")
    done = shell(name, *args)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [given for _, given in panel.asked] == [asked]


ADD = "AddDomain -c siteinfo,domain=a.example -c siteinfo,admin_user=anna"
COLLECTED = {"site12": {"siteinfo": {"domain": "a.example", "admin_user": "anna"}, "domain": "a.example"}}
HASH = "$6$salt$hash"


@pytest.mark.parametrize(
    ("flags", "opts", "asked"),
    [
        ("-c aliases,aliases=['b','c']", {"aliases.aliases": ["b", "c"]}, []),
        ("-p basic --force --notify --bootstrap", {},
         {"plan": "basic", "force": True, "bootstrap": "true", "notify": True}),
        ("-c users,max=None --bootstrap=false --plan=pro", {"users.max": None}, {"plan": "pro", "bootstrap": "false"}),
    ],
)  # fmt: skip
def test_site_is_added_with_a_password_and_printed(
    shell: Any, panel: Any, flags: str, opts: dict[str, Any], asked: Any
) -> None:
    panel.says("admin_collect", COLLECTED)
    done = shell(*ADD.split(), *flags.split())
    password = panel.asked[0][1][2].pop("auth.tpasswd")
    assert panel.asked[0] == ("admin_add_site", ["a.example", "anna", opts or {}, asked])
    assert re.fullmatch("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[a-zA-Z0-9]{16}", password)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"site12:\n  domain: a.example\n  admin_user: anna\n  password: {password}\n"


@pytest.mark.parametrize("given", [("auth.tpasswd", "chosen-1"), ("auth.cpasswd", HASH)])
def test_password_that_was_given_is_not_shown_again(shell: Any, panel: Any, given: tuple[str, str]) -> None:
    panel.says("admin_collect", COLLECTED)
    done = shell(*ADD.split(), "--output=json", "-c", "=".join(given))
    assert panel.asked[0][1][2] == dict([given])
    assert json.loads(done.stdout)["return"] == [{"site12": {"domain": "a.example", "admin_user": "anna"}}]


def test_key_that_may_add_sites_and_ask_for_nothing_sees_the_site_by_its_domain(shell: Any, panel: Any) -> None:
    panel.fault("admin_collect", "The API key may not call this", "Client", 403)
    done = shell(*ADD.split(), "-c", "auth,tpasswd=chosen-1")
    assert (done.returncode, done.stdout, done.stderr) == (
        0, "a.example:\n  domain: a.example\n  admin_user: anna\n", ""
    )  # fmt: skip


def test_site_that_was_refused_is_not_printed(shell: Any, panel: Any) -> None:
    panel.fault("admin_add_site", "siteinfo,domain: `a.example' is in use")
    done = shell(*ADD.split())
    assert (done.returncode, done.stdout) == (1, "")
    assert [name for name, _ in panel.asked] == ["admin_add_site"]


@pytest.mark.parametrize("piped", ["s3cret!\n", "s3cret!", "s3cret!\r\nnot read\n"])
def test_password_is_read_from_a_pipe_without_a_word_and_never_shown(shell: Any, panel: Any, piped: str) -> None:
    done = shell("EditDomain", "-c", "auth,passwd=1", "a.example", input=piped, **PIPES)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert panel.asked == [("admin_edit_site", ["a.example", {"auth.tpasswd": "s3cret!"}, []])]


def test_pipe_without_a_password_is_exit_2(shell: Any, panel: Any) -> None:
    done = shell("EditDomain", "-c", "auth,passwd=1", "a.example", input="\n", **PIPES)
    assert (done.returncode, panel.asked) == (2, [])
    assert done.stderr.startswith("EditDomain: Password: standard input holds none; ")


def types(terminal: int, prompts: list[str], answer: bytes) -> None:
    """Answer each prompt once it is shown: what is typed before is thrown away."""
    seen = b""
    for prompt in prompts:
        while not seen.endswith(f"{prompt}: ".encode()):
            seen += os.read(terminal, 1024)
        os.write(terminal, answer)


def test_password_is_asked_for_twice_on_a_terminal(shell: Any, panel: Any) -> None:
    ours, theirs = os.openpty()
    typist = threading.Thread(target=types, args=(ours, ["Password", "Repeat for confirmation"], b"s3cret!\n"))
    typist.start()
    terminal = {"capture_output": False, "stdin": theirs, "stdout": theirs, "stderr": theirs}
    done = shell("EditDomain", "-c", "auth,passwd=1", "a.example", start_new_session=True, **terminal)
    os.close(theirs)
    typist.join()
    os.close(ours)
    assert done.returncode == 0
    assert panel.asked == [("admin_edit_site", ["a.example", {"auth.tpasswd": "s3cret!"}, []])]


def test_several_targets_are_called_in_turn(shell: Any, panel: Any) -> None:
    assert shell("SuspendDomain", "a.example", "-D", "b.example", "INV-1").returncode == 0
    assert [asked[0] for _, asked in panel.asked] == ["a.example", "INV-1", "b.example"]


def test_messages_look_as_the_panels(shell: Any, panel: Any) -> None:
    text = "site157 (test-domain.com; no suspension date) will be deleted"
    panel.says("admin_delete_site", True, (("info", text),))
    done = shell("DeleteDomain", "--dry-run", "master-invoice-123")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"INFO    : {text}\n", "")


def test_dry_run_tells_on_stdout_what_would_be_done_and_the_rest_on_stderr(shell: Any, panel: Any) -> None:
    told = (("info", "site1 (a.example; suspension date 2026-01-02) will be deleted"), ("warning", "hm"))
    panel.says("admin_delete_site", True, told)
    done = shell("DeleteDomain", "--dry-run", "--since=now")
    assert (done.stdout, done.stderr) == (f"INFO    : {told[0][1]}\n", "WARNING : hm\n")
    panel.says("admin_delete_site", True, (("info", "No account matches; nothing was deleted"),))
    done = shell("DeleteDomain", "--dry-run", "--since=now")
    assert (done.stdout, done.stderr) == ("", "INFO    : No account matches; nothing was deleted\n")


def test_what_the_panel_did_not_say_begins_with_the_command(shell: Any, panel: Any) -> None:
    done = shell("DeleteDomain", "--url", "http://127.0.0.1:1", "--key", "k", "x", "y")
    assert (done.returncode, done.stderr) == (3, "DeleteDomain: No panel listens at http://127.0.0.1:1\n")


TOLD = (
    ("info", 'site7 (a.example): aliases,aliases would change from [] to ["b to c.example"]'),
    ("info", "site7 (a.example): diskquota,quota would change from 4000 to null"),
    ("info", "site7 (a.example): auth,tpasswd would change"),
    ("info", "site7 (a.example): dns would follow: records are hidden until a provider is set again"),
    ("info", "site9 (b.example): nothing would change"),
    ("warning", "site9 (b.example): ssh,enabled would change from 0 to 1"),
)


def test_changes_of_a_dry_run_are_yaml_by_site_and_service(shell: Any, panel: Any) -> None:
    panel.says("admin_edit_site", True, TOLD)
    done = shell("EditDomain", "--dry-run", "-c", "diskquota,quota=None", "INV-1")
    assert (done.returncode, done.stdout) == (
        0,
        "site7:\n  aliases: { aliases: ['b to c.example'] }\n  diskquota: { quota: null }\n"
        "  auth: { tpasswd: (hidden) }\nsite9: {  }\n",
    )
    assert len(done.stderr.splitlines()) == 6


def test_edit_that_is_no_dry_run_prints_no_map(shell: Any, panel: Any) -> None:
    panel.says("admin_edit_site", True, TOLD)
    assert shell("EditDomain", "-c", "diskquota,quota=None", "INV-1").stdout == ""


def test_error_of_one_target_leaves_the_others_done_and_is_exit_1(shell: Any, panel: Any) -> None:
    panel.fault("admin_activate_site", "Unknown site `x'", messages=(("warning", "hm"), ("error", "Unknown site `x'")))
    done = shell("ActivateDomain", "x", "y")
    assert done.returncode == 1
    assert len(panel.asked) == 2
    assert done.stderr == "WARNING : hm\nERROR   : Unknown site `x'\n" * 2


@pytest.mark.parametrize("answer", [False, None])
def test_call_that_answers_no_success_is_exit_1(shell: Any, panel: Any, answer: Any) -> None:
    panel.says("admin_activate_site", answer)
    assert shell("ActivateDomain", "x").returncode == 1


def test_refused_caller_is_exit_4_at_once(shell: Any, panel: Any) -> None:
    panel.fault("admin_activate_site", "The key is unknown", "Client", 401)
    done = shell("ActivateDomain", "x", "y")
    assert (done.returncode, done.stderr, len(panel.asked)) == (4, "ERROR   : The key is unknown\n", 1)


def test_json_output_holds_success_and_messages(shell: Any, panel: Any) -> None:
    text = "site1 (a.example): ssh,enabled would change from 0 to 1"
    panel.says("admin_edit_site", True, (("info", text),))
    done = shell("EditDomain", "--output=json", "--dry-run", "a.example")
    assert done.stderr == ""
    said = [{"severity": "info", "text": text}]
    whole = {"success": True, "messages": said, "return": [{"site1": {"ssh": {"enabled": 1}}}]}
    assert json.loads(done.stdout) == whole


def test_json_output_of_a_failure_says_so(shell: Any, panel: Any) -> None:
    panel.fault("admin_edit_site", "Unknown site `x'")
    done = shell("EditDomain", "--output=json", "x")
    assert done.returncode == 1
    said = [{"severity": "error", "text": "Unknown site `x'"}]
    assert json.loads(done.stdout) == {"success": False, "messages": said, "return": []}


def test_json_output_holds_what_keeps_every_call_from_working(shell: Any, panel: Any) -> None:
    panel.fault("admin_edit_site", "The key is unknown", "Client", 401)
    done = shell("EditDomain", "--output=json", "-c", "ssh,enabled=0", "x", "y")
    said = [{"severity": "error", "text": "The key is unknown"}]
    assert (done.returncode, done.stderr, len(panel.asked)) == (4, "", 1)
    assert json.loads(done.stdout) == {"success": False, "messages": said, "return": []}
    done = shell("EditDomain", "--output=json", "--url", "http://127.0.0.1:1", "--key", "k", "x", "y")
    assert (done.returncode, json.loads(done.stdout)["success"]) == (3, False)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("AddDomain", "A site needs -c siteinfo,domain=DOMAIN"),
        ("AddDomain -c siteinfo,admin_user=x", "A site needs"),
        ("EditDomain --reconfig -p basic", "EditDomain: Name"),
        ("EditDomain --reconfig -c ssh,enabled=1", "EditDomain: Name"),
        ("EditDomain -c ssh,enabled=1", "EditDomain: Name a site, domain or invoice, or every site with --all"),
        ("DeleteDomain", "DeleteDomain: Name a site, domain or invoice, or what is suspended with --since"),
        ("SuspendDomain", "SuspendDomain: Name a site"),
        ("ActivateDomain", "ActivateDomain: Name a site"),
        ("EditDomain --all x -c ssh,enabled=1", "Either --all or sites, such as x"),
        ("EditDomain x -c quota=5", "expected service,parameter=value"),
        ("EditDomain x --output=xml", "'xml' is not"),
        ("SuspendDomain x --since=now", "No such option"),
    ],
)
def test_wrong_command_line_is_exit_2_and_calls_nothing(shell: Any, panel: Any, command: str, words: str) -> None:
    name, *args = command.split(" ")
    done = shell(name, *args)
    assert done.returncode == 2
    assert words in done.stderr
    assert panel.asked == []


@pytest.mark.parametrize("name", ["AddDomain", "EditDomain"])
def test_help_lists_every_service_and_parameter(shell: Any, panel: Any, name: str) -> None:
    done = shell(name, "--help")
    assert (done.returncode, done.stderr, panel.asked) == (0, "", [])
    assert done.stdout.startswith(f"Usage: {name} [OPTIONS]")
    shown = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "aliases,enabled=1* bool int; 0|1; switch" in shown
    assert "diskquota,quota=None int|null; storage" in shown


def test_table_of_services_is_kept_for_a_day(shell: Any, panel: Any, home: Any) -> None:
    first = shell("EditDomain", "--help").stdout
    panel.documents.clear()
    assert shell("EditDomain", "--help").stdout == first
    for kept in (home / ".cache/apnscp").iterdir():
        assert kept.stat().st_mode & 0o777 == 0o600
        kept.unlink()
    assert "/_emulator/services.json answered 404" in shell("EditDomain", "--help").stdout


@pytest.mark.parametrize("name", ["DeleteDomain", "SuspendDomain", "ActivateDomain"])
def test_help_of_commands_without_settings_lists_no_services(shell: Any, panel: Any, name: str) -> None:
    done = shell(name, "--help", env={"APNSCP_URL": ""})
    assert (done.returncode, "ervices" in done.stdout, "parameter" in done.stdout) == (0, False, False)


@pytest.mark.parametrize(("site", "printed"), [("a.example", "12"), ("site7", "7"), ("7", "7")])
def test_get_site_id_and_get_site_print_the_number(shell: Any, panel: Any, site: str, printed: str) -> None:
    panel.says("admin_get_site_id_from_domain", 12)
    panel.says("admin_collect", {"site7": {"domain": "x"}})
    assert shell("get_site_id", site).stdout == f"{printed}\n"
    assert shell("get_site", site).stdout == f"site{printed}\n"


def test_unknown_site_is_exit_1(shell: Any, panel: Any) -> None:
    panel.says("admin_get_site_id_from_domain", None)
    panel.says("admin_collect", [])
    for name in ("get_site", "get_site_id"):
        for site in ("a.example", "site9", "9"):
            done = shell(name, site)
            assert (done.returncode, done.stdout, done.stderr) == (1, "", f"ERROR   : Unknown site `{site}'\n")
    assert shell("get_site").returncode == 2


def test_get_config_prints_a_value_or_a_service(shell: Any, panel: Any) -> None:
    panel.says("admin_get_meta_from_domain", 5000)
    assert shell("get_config", "12", "diskquota", "quota").stdout == "5000\n"
    panel.says("admin_get_meta_from_domain", {"quota": 5000, "units": "MB"})
    assert shell("get_config", "a.example", "diskquota").stdout == "quota: 5000\nunits: MB\n"
    assert [asked for _, asked in panel.asked] == [["site12", "diskquota", "quota"], ["a.example", "diskquota"]]
    panel.says("admin_get_meta_from_domain", None, (("error", "Unknown service `x'"),))
    done = shell("get_config", "a.example", "x")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "ERROR   : Unknown service `x'\n")
    assert shell("get_config", "a.example").returncode == 2
