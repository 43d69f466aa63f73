"""Services, parameters and providers that a panel has of its own (docs/fidelity.md, "Sites")."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TABLE = """\
service\tparameter\tdefault\ttype\trule\tflags\taccepted
java\theap\t64\tint\tint 1..4096
sample\tprovider\tNone\tenum\tchoice builtin remote\tnull
dns\tprovider\tDEFAULT\tenum\tchoice builtin powerdns mymodule\tnull default
"""
PROGRAM = """
from tempfile import TemporaryDirectory
from pathlib import Path
from apnscp.opcenter.store.engine import open_engine
from apnscp.opcenter.store.schema import create
from apnscp.server.testing.emulated import make_panel

with TemporaryDirectory() as folder:
    engine = open_engine(f"sqlite:///{folder}/panel.sqlite3")
    create(engine)
    for panel in make_panel(engine, Path(folder)):
        panel.call("admin:add-site", "a.example", "ada", {"java.enabled": 1, "dns.provider": "mymodule"})
        panel.call("admin:edit-site", "site1", {"sample.provider": "builtin"})
        found = panel.call("admin:collect", ["java", "sample.provider", "dns.provider"], {"java.heap": 64})["site1"]
        print(found["java"], found["sample"], found["dns"])
        print(panel.fault("admin:edit-site", "site1", {"dns.provider": "aws"}))
"""


def run(path: Path, program: str = PROGRAM) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"APNSCP_SERVICES": str(path)}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, env=environ, timeout=120, check=False)


def test_a_table_adds_services_and_replaces_parameters(tmp_path: Path) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(TABLE)
    done = run(path)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "{'version': 3.1, 'enabled': 1, 'heap': 64} {'provider': 'builtin'} {'provider': 'mymodule'}",
        "dns,provider: `aws' is not builtin, powerdns or mymodule, or null or DEFAULT",
    ]


@pytest.mark.parametrize("content", ["service\tparameter\njava\theap\n", TABLE.replace("int 1..4096", "nonsense")])
def test_a_table_that_cannot_be_used_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.tsv"
    path.write_text(content)
    done = run(path, "import apnscp.opcenter.services.catalogue")
    assert done.returncode == 1
    assert done.stderr.startswith(f"APNSCP_SERVICES: {path} is not a table of services: ")
    assert len(done.stderr.splitlines()) == 1
