"""An account's life through stacks that refuse rpc/encoded, by the literal description; and through Axis, which does not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apnscp.client.util_api.api import UtilAPI
from tests.peers import require

HERE = Path(__file__).parent
STRICT = HERE / "strict"
JARS = Path("/usr/share/java")
JAXWS = JARS / "jaxws-rt.jar"
AXIS = ":".join(
    f"{JARS / name}.jar"
    for name in (
        *("axis", "axis-jaxrpc", "axis-saaj", "wsdl4j", "commons-discovery", "commons-logging", "javax.activation"),
        "javax.mail",
    )
)
ROW = {
    "active": True,
    "billing": {"invoice": "Größe <€> & 1", "parent_invoice": None},
    "diskquota": {"quota": 5000},
    "domain": "strict.test",
    "siteinfo": {"email": "owner@strict.test"},
}
LIFE = {
    "whoami": "admin",
    "added": True,
    "edited": True,
    "row": ROW,
    "nowhere": None,
    "refused": ["Server", "Unknown site `nosuch.test'; a site id, domain, alias or invoice is expected"],
    "refused_quietly": False,
    "not_emulated": [
        "Server.NotEmulated",
        "admin:activate-license is known to ApisCP, not emulated; docs/coverage.md lists what is",
    ],
    "wrong_key": ["Client", "The API key is not valid; apnscpd env prints the administrator's"],
    "site_whoami": "strict",
    "deleted": True,
}


@pytest.fixture(autouse=True)
def no_leftovers(live_panel: Any) -> Iterator[None]:
    """Let a driver that broke off spoil no other."""
    yield
    with UtilAPI.create_client(live_panel.key, live_panel.http) as client:
        if client.admin_collect([], [], ["strict.test"]):
            client.admin_delete_site("strict.test")


def run(*command: str | Path, cwd: Path) -> None:
    """Run a step of a build; its output is shown where it fails."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{command[0]} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"


def literal(panel: Any, modules: str = "?modules=admin,common") -> str:
    return f"{panel.http}/apnscp-literal.wsdl{modules}"


def sources(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.java"))


def test_zeep_without_any_helper(live_panel: Any) -> None:
    assert live_panel.drive(sys.executable, HERE / "drivers" / "literal_zeep.py") == LIFE


def test_node_soap(live_panel: Any, node: str) -> None:
    assert live_panel.drive(node, HERE / "node" / "literal.mjs") == LIFE


def test_gsoap_compiles_and_calls(live_panel: Any, tmp_path: Path) -> None:
    require("gsoap")
    run("wsdl2h", "-x", "-Napi", "-o", "api.h", literal(live_panel), cwd=tmp_path)
    run("soapcpp2", "-j", "-C", "-x", "-w", "-I/usr/share/gsoap/import", "api.h", cwd=tmp_path)
    made = ["soapC.cpp", "soapadminProxy.cpp", "soapcommonProxy.cpp"]
    run("g++", "-O0", "-w", "-I.", "-o", "life", STRICT / "literal_life.cpp", *made, "-lgsoap++", cwd=tmp_path)
    assert live_panel.drive(tmp_path / "life") == LIFE


def test_gsoap_takes_the_whole_description(live_panel: Any, tmp_path: Path) -> None:
    require("gsoap")
    run("wsdl2h", "-x", "-Napi", "-o", "api.h", literal(live_panel, ""), cwd=tmp_path)
    run("soapcpp2", "-j", "-C", "-x", "-w", "-I/usr/share/gsoap/import", "api.h", cwd=tmp_path)
    assert (tmp_path / "soapwordpressProxy.h").is_file()


def test_jax_ws_compiles_and_calls(live_panel: Any, tmp_path: Path) -> None:
    require("jaxws")
    run("wsimport", "-Xnocompile", "-keep", "-quiet", "-s", ".", literal(live_panel), cwd=tmp_path)
    every = [*sources(tmp_path), STRICT / "LiteralLife.java"]
    run("javac", "-encoding", "UTF-8", "-d", "classes", "-cp", JAXWS, *every, cwd=tmp_path)
    assert live_panel.drive("java", "-cp", f"{tmp_path / 'classes'}:{JAXWS}", "LiteralLife") == LIFE


def test_jax_ws_takes_the_whole_description(live_panel: Any, tmp_path: Path) -> None:
    require("jaxws")
    run("wsimport", "-Xnocompile", "-keep", "-quiet", "-s", ".", literal(live_panel, ""), cwd=tmp_path)
    assert (tmp_path / "api/apnscp/net/dns/DnsImport.java").is_file()


def test_axis_by_the_encoded_description(live_panel: Any, tmp_path: Path) -> None:
    require("axis")
    described = f"{live_panel.http}/apnscp.wsdl?modules=admin,common"
    run("java", "-cp", AXIS, "org.apache.axis.wsdl.WSDL2Java", "-o", ".", described, cwd=tmp_path)
    every = [*sources(tmp_path), STRICT / "EncodedLife.java"]
    run("javac", "-encoding", "UTF-8", "-d", "classes", "-cp", AXIS, *every, cwd=tmp_path)
    seen = live_panel.drive("java", "-cp", f"{tmp_path / 'classes'}:{AXIS}", "EncodedLife")
    assert seen == LIFE | {"wrong_key": ["HTTP", "(401)Unauthorized"]}


@pytest.mark.parametrize(
    "command",
    [
        "wsimport -Xnocompile -keep -quiet -s . ",
        "javac -encoding UTF-8 -d classes -cp ",
        "wsdl2h -x -Napi -o api.h ",
        "soapcpp2 -j -C -x -w -I/usr/share/gsoap/import api.h",
        "g++ -O0 -w -I. -o life literal_life.cpp soapC.cpp soapadminProxy.cpp soapcommonProxy.cpp -lgsoap++",
        'java -cp "$AXIS" org.apache.axis.wsdl.WSDL2Java -o . ',
    ],
)
def test_the_page_has_the_commands_of_these_tests(command: str) -> None:
    assert f"\n{command}" in (HERE.parents[1] / "docs" / "strict-stacks.md").read_text("utf-8")


@pytest.mark.parametrize("jar", AXIS.split(":"))
def test_the_page_names_the_jars_of_axis(jar: str) -> None:
    assert f"`{Path(jar).stem}`" in (HERE.parents[1] / "docs" / "strict-stacks.md").read_text("utf-8")
