"""cpcmd as a process: arguments, results, messages, exit codes, help."""

from __future__ import annotations

import json
import os
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from apnscp.client.connection.faults import fault_of
from apnscp.client.shell.cpcmd import INPUTS, OUTPUTS
from apnscp.client.shell.exits import exit_code
from apnscp.wire.cpcmd import formats

COLLECTED = {
    "site158": {
        "siteinfo": {"email": "blackhole@apiscp.com", "admin_user": "test-child-1"},
        "aliases": {"aliases": []},
        "active": False,
    },
}


def test_arguments_are_read_by_the_notation(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_collect", COLLECTED)
    done = shell("cpcmd", "admin:collect", "[]", "[billing:[parent_invoice:x-1]]", "-5", "--flag", "null", "a b")
    assert done.returncode == 0
    asked = [[], {"billing": {"parent_invoice": "x-1"}}, -5, "--flag", None, "a b"]
    assert canned_panel.asked == [("admin_collect", asked)]


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        (["--", "-5"], [-5]),
        (["--", "--help"], ["--help"]),
        (["a", "--", "b"], ["a", "--", "b"]),
        (["-o", "json"], ["-o", "json"]),
    ],
)
def test_two_dashes_end_the_flags_and_what_follows_the_command_is_arguments(
    shell: Any, canned_panel: Any, args: list[str], asked: list[Any]
) -> None:
    canned_panel.says("foo_bar", True)
    assert shell("cpcmd", "foo:bar", *args).stdout == "1\n"
    assert shell("cpcmd", "--", "foo:bar", *args).stdout == "1\n"
    assert canned_panel.asked == [("foo_bar", asked)] * 2


@pytest.mark.parametrize("name", ["admin:get-domains", "admin_get_domains", "admin:get_domains"])
def test_every_spelling_of_a_command_is_called(shell: Any, canned_panel: Any, name: str) -> None:
    canned_panel.says("admin_get_domains", {1: "a.example"})
    done = shell("cpcmd", name)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1: a.example\n", "")


def test_complex_result_is_yaml_folded_below_two_levels(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_collect", COLLECTED)
    assert shell("cpcmd", "admin:collect").stdout == (
        "site158:\n"
        "  siteinfo: { email: blackhole@apiscp.com, admin_user: test-child-1 }\n"
        "  aliases: { aliases: {  } }\n"
        "  active: false\n"
    )


@pytest.mark.parametrize(("depth", "line"), [("1", "site158: { siteinfo: { email:"), ("3", "    email: blackhole")])
def test_yaml_inline_sets_the_depth(shell: Any, canned_panel: Any, depth: str, line: str) -> None:
    canned_panel.says("admin_collect", COLLECTED)
    done = shell("cpcmd", "admin:collect", env={"YAML_INLINE": depth})
    assert any(text.startswith(line) for text in done.stdout.splitlines())


@pytest.mark.parametrize(("value", "text"), [(True, "1\n"), (False, ""), (None, ""), ("x", "x\n"), (5, "5\n")])
def test_scalar_result_is_text(shell: Any, canned_panel: Any, value: Any, text: str) -> None:
    canned_panel.says("auth_is_inactive", value)
    done = shell("cpcmd", "auth:is-inactive")
    assert (done.returncode, done.stdout, done.stderr) == (0, text, "")


def test_json_is_one_line_for_other_programs(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_collect", {"site1": {"a": {}}, "site2": {}})
    done = shell("cpcmd", "-o", "json", "admin:collect", "[]")
    assert done.stdout == '{"site1":{"a":[]},"site2":[]}\n'


@pytest.mark.parametrize(
    ("fmt", "text"),
    [
        ("cli", '[a:[1,"x y"]]\n'),
        ("serialize", 'a:1:{s:1:"a";a:2:{i:0;i:1;i:1;s:3:"x y";}}\n'),
        (
            "print",
            "Array\n(\n    [a] => Array\n        (\n            [0] => 1\n            [1] => x y\n        )\n\n)\n",
        ),
        (
            "var_dump",
            'array(1) {\n  ["a"]=>\n  array(2) {\n    [0]=>\n    int(1)\n    [1]=>\n    string(3) "x y"\n  }\n}\n',
        ),
    ],
)
def test_further_output_formats(shell: Any, canned_panel: Any, fmt: str, text: str) -> None:
    canned_panel.says("foo_bar", {"a": [1, "x y"]})
    assert shell("cpcmd", "-o", fmt, "foo:bar").stdout == text


@pytest.mark.parametrize(
    ("fmt", "text"), [("json", '{"a":[1,"5"]}'), ("serialize", 'a:1:{s:1:"a";a:2:{i:0;i:1;i:1;s:1:"5";}}')]
)
def test_further_input_formats(shell: Any, canned_panel: Any, fmt: str, text: str) -> None:
    canned_panel.says("foo_bar", True)
    assert shell("cpcmd", "-i", fmt, "foo:bar", text).stdout == "1\n"
    assert canned_panel.asked == [("foo_bar", [{"a": [1, "5"]}])]


def test_every_format_is_offered() -> None:
    assert set(INPUTS) == set(formats.INPUTS)
    assert set(OUTPUTS) == set(formats.OUTPUTS)


def test_site_is_entered_by_hijack_and_user_with_it(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_hijack", "A" * 32)
    canned_panel.says("common_whoami", "bob")
    assert shell("cpcmd", "-d", "example.com", "-u", "bob", "common:whoami").stdout == "bob\n"
    assert shell("cpcmd", "-d", "example.com", "common:whoami").stdout == "bob\n"
    assert canned_panel.asked[0] == ("admin_hijack", ["example.com", "bob", "CLI"])
    assert canned_panel.asked[2] == ("admin_hijack", ["example.com", None, "CLI"])
    assert canned_panel.headers[1]["cookie"] == "esprit_id=" + "A" * 32


def test_user_without_a_site_is_another_administrator_of_the_panel(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_hijack", "A" * 32)
    canned_panel.says("common_whoami", "second")
    assert shell("cpcmd", "-u", "second", "common:whoami").stdout == "second\n"
    assert canned_panel.asked[0] == ("admin_hijack", ["localhost", "second", "CLI"])


@pytest.mark.parametrize("flags", [["-o", "json"], ["--output=json"], ["--output", "json"]])
def test_output_format_has_a_long_name(shell: Any, canned_panel: Any, flags: list[str]) -> None:
    canned_panel.says("foo_bar", True)
    assert shell("cpcmd", *flags, "foo:bar").stdout == "true\n"


def test_messages_go_to_stderr_with_a_summary_and_an_error_is_exit_1(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("foo_bar", False, (("info", "one"), ("error", "two"), ("success", "three")))
    done = shell("cpcmd", "foo:bar")
    assert (done.returncode, done.stdout) == (1, "")
    line = "-" * 40
    live = ["INFO    : one", "ERROR   : two", "OK      : three"]
    summed = [line, "MESSAGE SUMMARY", "Reporter level: ERROR", "INFO: one", "ERROR: two", "OK: three", line]
    assert done.stderr.splitlines() == [*live, *summed]


@pytest.mark.parametrize(
    ("severities", "level"),
    [
        (["info"], "OK"),
        (["success", "info", "debug"], "OK"),
        (["deprecated", "info"], "DEPRECATED"),
        (["warning", "deprecated"], "WARNING"),
        (["exception", "fatal"], "EXCEPTION"),
    ],
)
def test_level_of_the_summary_is_raised_by_what_went_wrong_alone(
    shell: Any, canned_panel: Any, severities: list[str], level: str
) -> None:
    canned_panel.says("foo_bar", True, tuple((severity, "x") for severity in severities))
    assert f"\nReporter level: {level}\n" in shell("cpcmd", "foo:bar").stderr


def test_debug_lines_appear_while_they_come_and_not_in_the_summary(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("foo_bar", True, (("debug", "x"),))
    assert shell("cpcmd", "foo:bar").stderr == "DEBUG   : x\n"


def test_warning_is_no_failure(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("foo_bar", 5, (("warning", "careful"),))
    done = shell("cpcmd", "foo:bar")
    assert (done.returncode, done.stdout) == (0, "5\n")
    assert done.stderr.startswith("WARNING : careful\n")


@pytest.mark.parametrize(
    ("text", "code", "status", "exit_code"),
    [
        ("The key is unknown", "Client", 401, 4),
        ("Too many failures", "Client", 429, 4),
    ],
)
def test_fault_is_one_line_and_its_exit_code(
    shell: Any, canned_panel: Any, text: str, code: str, status: int, exit_code: int
) -> None:
    canned_panel.fault("foo_bar", text, code, status)
    done = shell("cpcmd", "foo:bar")
    assert (done.returncode, done.stdout, done.stderr) == (exit_code, "", f"ERROR   : {text}\n")


def test_fault_of_the_call_is_reported_as_an_error_of_it(shell: Any, canned_panel: Any) -> None:
    canned_panel.fault("foo_bar", "Unknown site `x'", messages=(("warning", "hm"), ("error", "Unknown site `x'")))
    done = shell("cpcmd", "foo:bar")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[:2] == ["WARNING : hm", "ERROR   : Unknown site `x'"]
    assert done.stderr.splitlines()[4:7] == ["Reporter level: ERROR", "WARNING: hm", "ERROR: Unknown site `x'"]


@pytest.mark.parametrize("text", ["Missing parameter `site'", "Too many arguments: foo:bar takes 1, not 2"])
def test_wrong_arguments_are_exit_2_and_show_the_signature(shell: Any, canned_panel: Any, text: str) -> None:
    canned_panel.fault("foo_bar", text, "Client")
    block = {"parameters": ["Parameter #0 [ <required> string $site ]"], "signature": "foo_bar(string $site)"}
    canned_panel.says("misc_info", block)
    done = shell("cpcmd", "foo:bar")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"ERROR   : {text}\nUsage: cpcmd foo:bar site\n  foo_bar(string $site)\n"
    assert {headers["surplus-arguments"] for headers in canned_panel.headers} == {"refuse"}
    canned_panel.fault("misc_info", "The API key may not call misc:info", "Client", 403)
    assert shell("cpcmd", "foo:bar").stderr == f"ERROR   : {text}\n`cpcmd foo:bar --help' explains it\n"


@pytest.mark.parametrize(
    ("args", "environ", "asked"),
    [
        ([], {"APNSCP_CLIENT_IP": "192.0.2.1", "SSH_CLIENT": "192.0.2.2 5 22"}, ["192.0.2.1"]),
        ([], {"SSH_CLIENT": "192.0.2.2 50022 22"}, ["192.0.2.2"]),
        (["null", "sshd"], {"SSH_CLIENT": "2001:db8::1 50022 22"}, ["2001:db8::1", "sshd"]),
        (["192.0.2.9"], {"APNSCP_CLIENT_IP": "192.0.2.1"}, ["192.0.2.9"]),
        ([], {"APNSCP_CLIENT_IP": "", "SSH_CLIENT": ""}, []),
    ],
)
@pytest.mark.parametrize("name", ["rampart:is-banned", "rampart_unban"])
def test_without_an_address_the_firewall_is_asked_about_ones_own(
    shell: Any, canned_panel: Any, name: str, args: list[str], environ: dict[str, str], asked: list[str]
) -> None:
    canned_panel.says("rampart_is_banned", True)
    canned_panel.says("rampart_unban", True)
    assert shell("cpcmd", name, *args, env=environ).stdout == "1\n"
    assert canned_panel.asked[0][1] == asked


def test_address_of_ones_own_is_no_argument_of_other_methods(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("rampart_get_jails", ["sshd"])
    shell("cpcmd", "rampart:get-jails", env={"SSH_CLIENT": "192.0.2.2 50022 22"})
    assert canned_panel.asked == [("rampart_get_jails", [])]


def test_no_connection_is_exit_3(shell: Any) -> None:
    done = shell("cpcmd", "--url", "http://127.0.0.1:1", "--key", "k", "foo:bar")
    assert (done.returncode, done.stderr) == (3, "cpcmd: No panel listens at http://127.0.0.1:1\n")


def test_unknown_command_is_exit_5_and_suggests_near_ones(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("misc_list_commands", {"admin": ["collect", "get_domains"], "common": ["whoami"]})
    done = shell("cpcmd", "admin:colect")
    assert done.returncode == 5
    assert done.stderr.splitlines()[0] == "ERROR   : admin_colect: command does not exist; did you mean admin:collect?"
    assert done.stderr.splitlines()[3] == "Reporter level: ERROR"
    assert "did you mean admin:get-domains?" in shell("cpcmd", "admin_get_domain").stderr
    assert "did you mean admin?" in shell("cpcmd", "admn").stderr
    assert "`cpcmd -l' lists the commands" in shell("cpcmd", "zzz:qqq").stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["foo:bar", "[a"], "The bracket is not closed (column 1)\n  [a\n  ^"),
        (["-i", "json", "foo:bar", "{"], "not JSON"),
        (["-o", "xml", "foo:bar"], "'xml' is not one of"),
        (["admin", "collect"], "`cpcmd admin' lists a module; a command of it is `cpcmd admin:collect'"),
        (["-l", "admin:*", "misc:*"], "Unexpected argument `misc:*': -l takes one glob"),
        (["completion", "bash", "zsh"], "unexpected extra argument (zsh)"),
        (["--nonsense", "foo:bar"], "No such option"),
        ([], "Which command?"),
        (["--profile", "none", "foo:bar"], "Unknown profile `none'"),
    ],
)
def test_wrong_command_line_is_exit_2(shell: Any, args: list[str], words: str) -> None:
    done = shell("cpcmd", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_module_alone_lists_its_commands(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("misc_list_commands", {"admin": ["get_domains", "collect"]})
    done = shell("cpcmd", "admin")
    assert done.stdout.splitlines()[1:] == ["  admin:collect", "  admin:get-domains"]
    assert canned_panel.asked == [("misc_list_commands", ["admin:*"])]


@pytest.mark.parametrize("args", [["-l", "admin:*"], ["misc:l", "admin:*"], ["misc:list-commands", "admin:*"]])
def test_list_of_commands_has_three_spellings(shell: Any, canned_panel: Any, args: list[str]) -> None:
    canned_panel.says("misc_list_commands", {"admin": ["collect"]})
    assert shell("cpcmd", *args).stdout == "admin:\n  - collect\n"
    assert canned_panel.asked == [("misc_list_commands", ["admin:*"])]


BLOCK = {
    "doc": "Collect account information.\n\nparams: fields",
    "parameters": [
        "Parameter #0 [ <optional> array or NULL $params = [] ]",
        "Parameter #1 [ <optional> array $sites = [] ]",
    ],
    "min": 0,
    "max": 2,
    "return": "array",
    "signature": "foo_collect([array $params,[array $sites]])",
}


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("answer", [BLOCK, {"foo_collect": BLOCK}, {"foo:collect": BLOCK, "foo:other": {}}])
def test_help_after_a_command_explains_it(shell: Any, canned_panel: Any, answer: Any, flag: str) -> None:
    canned_panel.says("misc_info", answer)
    done = shell("cpcmd", "foo:collect", flag)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Usage: cpcmd foo:collect [params [sites]]",
        "",
        "  foo_collect([array $params,[array $sites]])",
        "",
        "  Collect account information.",
        "",
        "  params: fields",
        "",
        "Parameters:",
        "  Parameter #0 [ <optional> array or NULL $params = [] ]",
        "  Parameter #1 [ <optional> array $sites = [] ]",
        "",
        "Example:",
        "  cpcmd foo:collect '[]'",
    ]


def test_help_of_an_unknown_command_suggests_near_ones(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("misc_info", [])
    canned_panel.says("misc_list_commands", {"admin": ["collect"]})
    done = shell("cpcmd", "admin:colect", "--help")
    assert (done.returncode, done.stdout) == (5, "")
    assert "did you mean admin:collect?" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
def test_full_disk_is_one_message_and_a_failure(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("common_whoami", "admin")
    with open("/dev/full", "w") as full:
        done = shell("cpcmd", "common:whoami", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (
        1, "cpcmd: The result cannot be written: No space left on device\n"
    )  # fmt: skip


def test_a_shell_that_closed_the_streams_gets_the_exit_code(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("common_whoami", "admin")
    closed = shell("cpcmd", "common:whoami", capture_output=False, preexec_fn=lambda: os.closerange(1, 3))
    assert closed.returncode == 0


def test_a_key_that_may_not_is_refused_and_no_usage_error() -> None:
    error = fault_of("The API key may not call scope:list (its rule `commands')", "Client", 403)
    assert exit_code(error) == 4


def test_closed_pipe_is_silent(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("admin_collect", {f"site{number}": {"a": "b" * 100} for number in range(5000)})
    reader = subprocess.Popen(["head", "-n", "1"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    done = shell("cpcmd", "admin:collect", capture_output=False, stdout=reader.stdin, stderr=subprocess.PIPE)
    assert reader.stdin
    reader.stdin.close()
    assert (done.stderr, reader.stdout and reader.stdout.read()) == ("", "site0:\n")
    assert done.returncode == 0
    assert reader.stdout
    reader.stdout.close()
    assert reader.wait() == 0


def test_no_colour_and_no_progress_in_a_pipe(shell: Any, canned_panel: Any) -> None:
    canned_panel.says("foo_bar", 1, (("error", "x"),), delay=1.2)
    done = shell("cpcmd", "foo:bar")
    assert "\x1b" not in done.stderr + done.stdout
    assert "\r" not in done.stderr + done.stdout


def test_terminal_sees_progress_and_colour(shell: Any, canned_panel: Any) -> None:
    import os

    canned_panel.says("foo_bar", 1, (("error", "x"),), delay=1.2)
    ours, theirs = os.openpty()
    done = shell("cpcmd", "foo:bar", capture_output=False, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 1
    assert "foo:bar 1 s" in seen
    assert "\x1b[31mERROR   \x1b[0m: x" in seen


def test_help_needs_neither_panel_nor_configuration(shell: Any) -> None:
    done = shell("cpcmd", "--help", env={"APNSCP_URL": "", "APNSCP_KEY": ""})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: cpcmd [OPTIONS] [COMMAND] [ARGS]...\n")
    assert "3 connection, 4 refused,\n  5 unknown command" in done.stdout


HELPS = [
    ["cpcmd"], ["cpcmd", "configure"], ["cpcmd", "completion"], ["AddDomain"], ["EditDomain"], ["DeleteDomain"],
    ["SuspendDomain"], ["ActivateDomain"], ["get_config"], ["get_site"], ["get_site_id"],
]  # fmt: skip


@pytest.mark.parametrize("command", HELPS, ids=" ".join)
def test_every_command_explains_itself_with_either_flag_in_80_columns(shell: Any, command: list[str]) -> None:
    short, long = (shell(*command, flag, env={"COLUMNS": "200"}) for flag in ("-h", "--help"))
    assert (short.returncode, short.stderr) == (0, "")
    assert short.stdout == long.stdout
    assert short.stdout.startswith(f"Usage: {' '.join(command)} [OPTIONS]")
    assert [line for line in short.stdout.splitlines() if len(line) > 80] == []


def test_version_is_that_of_the_package(shell: Any) -> None:
    assert shell("cpcmd", "--version").stdout == f"cpcmd {version('apnscp-emulator')}\n"


def test_configure_tries_the_panel_and_keeps_the_profile(shell: Any, canned_panel: Any, home: Path) -> None:
    canned_panel.says("common_whoami", "admin")
    answers = f"staging\n{canned_panel.url}\n{canned_panel.key}\n"
    done = shell(
        "cpcmd",
        "configure",
        capture_output=False,
        input=answers,
        stdin=None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.returncode == 0, done.stderr
    assert f"{canned_panel.url} answers as admin" in done.stderr
    nothing = {"APNSCP_URL": "", "APNSCP_KEY": ""}
    assert shell("cpcmd", "--profile", "staging", "common:whoami", env=nothing).stdout == "admin\n"
    assert shell("cpcmd", "common:whoami", env=nothing).stdout == "admin\n"
    assert canned_panel.key not in done.stdout + done.stderr


def test_configure_reads_the_key_from_a_pipe_without_a_word(shell: Any, canned_panel: Any, home: Path) -> None:
    canned_panel.says("common_whoami", "admin")
    pipes = {"capture_output": False, "stdin": None, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    args = ["configure", "--name", "x", "--url", canned_panel.url]
    done = shell("cpcmd", *args, input=f"{canned_panel.key}\n", **pipes)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[0] == f"{canned_panel.url} answers as admin"
    assert canned_panel.key in (home / ".config/cpcmd/config.toml").read_text()
    done = shell("cpcmd", *args, input="", **pipes)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        2, "cpcmd: API key: standard input holds none; type it on a terminal, or send it through a pipe"
    )  # fmt: skip


def test_configure_keeps_nothing_that_does_not_work(shell: Any, canned_panel: Any, home: Path) -> None:
    canned_panel.fault("common_whoami", "The key is unknown", "Client", 401)
    args = ["configure", "--name", "x", "--url", canned_panel.url, "--key", "bad"]
    done = shell("cpcmd", *args)
    assert (done.returncode, done.stderr) == (4, "ERROR   : The key is unknown\n")
    assert not (home / ".config").exists()
    assert shell("cpcmd", *args, "--force").returncode == 0
    assert json.dumps("bad") in (home / ".config/cpcmd/config.toml").read_text()


def test_cpcmd_imports_neither_zeep_nor_the_description(shell: Any, canned_panel: Any) -> None:
    import sys

    canned_panel.says("common_whoami", "admin")
    code = (
        "import sys; from apnscp.client.shell.cpcmd import cpcmd; from apnscp.client.shell.running import run\n"
        "code = run(cpcmd, 'cpcmd', ['common:whoami'])\n"
        "heavy = {'zeep', 'yaml', 'rich', 'requests', 'apnscp.wire.soap.description', 'apnscp.core', 'tomllib'}\n"
        "print(code, sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "admin\n0 []\n"
