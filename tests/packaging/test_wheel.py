"""The wheel that this tree builds: its files, its entry points, and its types as a user's type checker sees them."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).parents[2]
PACKAGES = ("wire", "core", "opcenter", "modules", "server", "client")
PROGRAM = """\
from apnscp.client import UtilAPI
from apnscp.server.testing import EmulatedPanel
def plans(client: UtilAPI, panel: EmulatedPanel) -> list[str]: return client.admin.list_plans() or panel.seed("a.test")
"""
PROGRAMS = {
    "imports": "".join(f"import apnscp.{package}\n" for package in PACKAGES),
    "right": PROGRAM,
    "wrong": PROGRAM.replace("list_plans", "list_plan").replace('"a.test"', "5.5"),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Build the wheel."""
    directory = tmp_path_factory.mktemp("dist")
    built = next(iter(WheelBuilder(str(ROOT)).build(directory=str(directory), versions=["standard"])))
    return zipfile.ZipFile(built)


@pytest.fixture(scope="module")
def installed(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the wheel into a new environment, which borrows the dependencies of this one; give its interpreter."""
    directory = tmp_path_factory.mktemp("environment")
    venv.create(directory, symlinks=True, with_pip=False)
    python = directory / "bin" / "python"
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(directory)}))
    wheel.extractall(packages)
    (packages / "dependencies.pth").write_text("\n".join(sysconfig.get_path(kind) for kind in ("purelib", "platlib")))
    return python


def test_apnscp_is_a_namespace_package_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    names = wheel.namelist()
    assert "apnscp/__init__.py" not in names
    assert [package for package in PACKAGES if f"apnscp/{package}/__init__.py" not in names] == []


def test_every_package_says_that_it_is_typed(wheel: zipfile.ZipFile) -> None:
    assert [package for package in PACKAGES if f"apnscp/{package}/py.typed" not in wheel.namelist()] == []


def test_every_file_of_the_four_roots_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    wanted = {
        str(path.relative_to(ROOT / root))
        for root in ("server", "modules", "client", "wsdl")
        for path in (ROOT / root / "apnscp").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(wanted - set(wheel.namelist())) == []
    assert {"apnscp/opcenter/plans/data/.skeleton/siteinfo", "apnscp/server/web/templates/front.html"} <= wanted


def test_the_published_description_travels_with_the_package(wheel: zipfile.ZipFile) -> None:
    assert "apnscp/wire/apnscp.wsdl" in wheel.namelist()


def test_the_commands_and_the_pytest_plugin_are_registered(wheel: zipfile.ZipFile) -> None:
    name = next(entry for entry in wheel.namelist() if entry.endswith("entry_points.txt"))
    text = wheel.read(name).decode()
    for command in ("apnscpd", "cpcmd", "AddDomain", "EditDomain", "DeleteDomain", "SuspendDomain", "ActivateDomain"):
        assert f"\n{command} = apnscp." in text
    assert "[pytest11]\napnscp = apnscp.server.testing\n" in text


@pytest.fixture(scope="module")
def found_by_mypy(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Let mypy check the programs in that environment, and give what it says of each."""
    directory = tmp_path_factory.mktemp("programs")
    for name, text in PROGRAMS.items():
        (directory / f"{name}.py").write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--hide-error-codes", "--config-file="]
    command += ["--python-executable", str(installed), *(f"{name}.py" for name in PROGRAMS)]
    done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=300, check=False)
    assert done.stderr == ""
    lines = [line.partition(".py:") for line in done.stdout.splitlines()]
    return {name: [text for program, _, text in lines if program == name] for name in PROGRAMS}


def test_a_type_checker_takes_the_types_of_every_package(found_by_mypy: dict[str, list[str]]) -> None:
    assert found_by_mypy["imports"] == []


def test_a_type_checker_knows_the_client_and_the_plugin(found_by_mypy: dict[str, list[str]]) -> None:
    assert found_by_mypy["right"] == []
    assert [text.partition(";")[0] for text in found_by_mypy["wrong"]] == [
        '3: error: "_Admin" has no attribute "list_plan"',
        '3: error: Argument 1 to "seed" of "PanelSetup" has incompatible type "float"',
    ]
