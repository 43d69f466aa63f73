"""docs/modules: the pages are what the registry and the examples give, and their code makes the calls that it shows."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from apnscp import modules
from apnscp.core.registry import REGISTRY
from apnscp.wire.cpcmd import notation
from tests.conftest import ServedPanel
from tools.pages import ROOT, calls, pages
from tools.pages.examples import Call, Nested, examples

FOLDER = ROOT / "docs" / "modules"
PHP = """
class Recorder { function __call($name, $arguments) { return ["$name" => $arguments]; } }
$panel = $site = $user = new Recorder();
foreach (json_decode(stream_get_contents(STDIN)) as $code) { $made[] = eval("return $code;"); }
echo json_encode($made);
"""


def shown() -> Iterator[Call]:
    modules.load_all()
    for module in sorted({command.module for command in REGISTRY.emulated()}):
        for example in examples(module).values():
            yield from (*example.before, example.call)


def plain(call: Call, inner: Callable[[Call], Any]) -> list[Any]:
    return [inner(value.call) if isinstance(value, Nested) else value for value in call.args]


def recorded(call: Call) -> dict[str, list[Any]]:
    return {call.command.name: plain(call, recorded)}


def test_the_pages_are_those_that_the_registry_and_the_examples_give() -> None:
    made = {path: text for path, text in pages().items() if path.parent == FOLDER}
    assert {path: path.read_text("utf-8") for path in FOLDER.glob("*.md")} == made, "run `make docs'"


def test_the_pages_have_a_section_with_three_examples_for_each_emulated_method() -> None:
    for command in REGISTRY.emulated():
        text = (FOLDER / f"{command.module}.md").read_text("utf-8")
        section = text.partition(f"\n## {command.cli_name}\n")[2].partition("\n## ")[0]
        assert re.findall(r"^```(\w+)$", section, re.MULTILINE) == ["sh", "php", "python"], command.cli_name
        assert f"\n`{command.name}(" in section


def test_lines_for_the_shell_are_read_as_the_arguments_that_they_show() -> None:
    for call in shown():
        if not any(isinstance(value, Nested) for value in call.args):
            line = calls.shell(call).removeprefix("cpcmd ").removeprefix(calls.FLAGS[call.role])
            method, *words = shlex.split(line)
            assert (method, [notation.parse(word) for word in words]) == (call.command.cli_name, list(call.args))


def test_a_nested_call_is_a_substitution_of_the_shell() -> None:
    call = examples("auth")["delete_api_key"].call
    assert calls.shell(call) == (
        'cpcmd -d example.com -u ann auth:delete-api-key "$(cpcmd -d example.com -u ann auth:create-api-key)"'
    )


def test_nested_calls_run_as_they_are_typed(served_empty: ServedPanel) -> None:
    made = served_empty.shell("AddDomain -c siteinfo,domain=example.com -c siteinfo,admin_user=bob")
    assert made.returncode == 0, made.stderr
    for example in (examples("ssl")["install"], examples("ssl")["valid"]):
        for call in (*example.before, example.call):
            done = served_empty.shell(calls.shell(call))
            assert (done.returncode, done.stdout) == (0, "1\n"), (calls.shell(call), done.stderr)


class Recorder:
    """Answers every call with its name and arguments."""

    def __init__(self, name: str = "") -> None:
        self.name = name

    def __getattr__(self, name: str) -> Recorder:
        return Recorder(f"{self.name}_{name}" if self.name else name)

    def __call__(self, *arguments: Any) -> dict[str, list[Any]]:
        return {self.name: list(arguments)}


def test_lines_for_python_make_the_calls() -> None:
    clients = dict.fromkeys(calls.CLIENTS.values(), Recorder())
    for call in shown():
        assert eval(calls.python(call), clients) == recorded(call)


def test_lines_for_php_make_the_calls(need: Callable[[str], str]) -> None:
    listed = list(shown())
    code = json.dumps([calls.php(call) for call in listed])
    done = subprocess.run([need("php"), "-r", PHP], input=code, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [recorded(call) for call in listed]


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        ("[whoami]\nargs = []\nroles = 'site'", "common.toml, whoami: unknown key `roles'"),
        ("[whoami]", "common.toml, whoami: `args' is not a list"),
        ("[get_domain]\nargs = []\nrole = 'admin'", "common.toml, get_domain: `admin' may not call it"),
    ],
)
def test_a_table_of_examples_with_a_slip_says_where(
    section: str, problem: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "common.toml").write_text(section)
    monkeypatch.setattr("tools.pages.examples.FOLDER", tmp_path)
    with pytest.raises(ValueError, match=re.escape(problem)):
        examples("common")
