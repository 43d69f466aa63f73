from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from apnscp import modules
from apnscp.core.registry import REGISTRY
from apnscp.server import answer_tables
from apnscp.server.cli.stubs import written

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "client" / "apnscp" / "client" / "util_api"
USE = """
from apnscp.client import UtilAPI

def use(client: UtilAPI) -> None:
    reveal_type(client.admin.collect)
    reveal_type(client.admin.add_site("example.com", "example", {"siteinfo.plan": "basic"}))
    reveal_type(client.admin_list_plans())
    reveal_type(client.admin.hijack("example.com"))
    client.admin.collect("siteinfo.domain")
    client.admin_add_site("example.com")
    client.admin.colect()
    client.rampart.is_banned("192.0.2.1", jail="sshd")
    with client.as_site("example.com") as site:
        reveal_type(site.common.whoami())
        site.auth.session_info()["user"]
    client.admn.collect()
    for row in client.admin.collect(["billing.invoice"]).values():
        reveal_type(row["domain"])
        reveal_type(row["billing"])
        row["domian"]
    client.admin.collect()["site1"] = {"domain": "x.test", "active": True}
    reveal_type(client.admin.get_domains())
    reveal_type(client.admin.get_usage("bandwidth")["site1"]["sum"])
    reveal_type(client.auth.get_api_keys()[0]["last_used"])
    reveal_type(client.scope.info("cp.debug"))
"""
SAID = [
    (5, 'note: Revealed type is "def (params: list[Any] | tuple[Any, ...] | dict[Any, Any] | None =, '
        "query: list[Any] | tuple[Any, ...] | dict[Any, Any] | None =, "
        'sites: list[Any] | tuple[Any, ...] | dict[Any, Any] | None =) -> dict[str, TypedDict(apnscp.'
        "client.util_api.answers.CollectRow, "),
    (6, 'note: Revealed type is "bool"'),
    (7, 'note: Revealed type is "list[str]"'),
    (8, 'note: Revealed type is "str | Any | None"'),
    (9, 'error: Argument 1 to "collect" of "_Admin" has incompatible type "str"'),
    (10, 'error: Missing positional argument "admin" in call to "admin_add_site" of "Methods"'),
    (11, 'error: "_Admin" has no attribute "colect"'),
    (14, 'note: Revealed type is "str | Any"'),
    (15, 'error: TypedDict "SessionInfo" has no key "user"'),
    (16, 'error: "UtilAPI" has no attribute "admn"'),
    (18, 'note: Revealed type is "str"'),
    (19, 'note: Revealed type is "dict[str, Any]"'),
    (20, 'error: TypedDict "CollectRow" has no key "domian"'),
    (22, 'note: Revealed type is "dict[int, str]"'),
    (23, 'note: Revealed type is "int"'),
    (24, 'note: Revealed type is "int | None"'),
    (25, 'note: Revealed type is "TypedDict('),
]  # fmt: skip


def test_the_published_stubs_are_those_that_the_registry_gives() -> None:
    modules.load_all()
    assert (PUBLISHED / "methods.pyi").read_text() == written(REGISTRY), "run `make stubs'"
    assert (PUBLISHED / "answers.py").read_text() == answer_tables.written(REGISTRY), "run `make stubs'"


def test_a_type_checker_knows_methods_parameters_and_answers(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(USE)
    line = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-codes", str(program)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    said = [text.partition("program.py:")[2] for text in done.stdout.splitlines() if "program.py:" in text]
    for number, expected in SAID:
        assert any(text.startswith(f"{number}: {expected}") for text in said), (number, said, done.stderr)
    assert {int(text.partition(":")[0]) for text in said} == {number for number, _ in SAID}
