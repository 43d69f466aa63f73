from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Give the names in the wheel that this tree builds."""
    built = list(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("dist")), versions=["standard"]))
    with zipfile.ZipFile(built[0]) as archive:
        return archive.namelist()


def test_apnscp_is_a_namespace_package_in_the_wheel(wheel: list[str]) -> None:
    assert "apnscp/__init__.py" not in wheel
    for room in ("wire", "core", "opcenter", "modules", "server", "client"):
        assert f"apnscp/{room}/__init__.py" in wheel


def test_every_file_of_the_four_roots_is_in_the_wheel(wheel: list[str]) -> None:
    wanted = {
        str(path.relative_to(ROOT / root))
        for root in ("server", "modules", "client", "wsdl")
        for path in (ROOT / root / "apnscp").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(wanted - set(wheel)) == []
    assert {"apnscp/opcenter/plans/data/.skeleton/siteinfo", "apnscp/server/web/templates/front.html"} <= wanted


def test_the_published_description_travels_with_the_package(wheel: list[str]) -> None:
    assert "apnscp/wire/apnscp.wsdl" in wheel


def test_the_commands_and_the_pytest_plugin_are_registered(wheel: list[str], tmp_path: Path) -> None:
    built = next(iter(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    with zipfile.ZipFile(built) as archive:
        name = next(entry for entry in archive.namelist() if entry.endswith("entry_points.txt"))
        text = archive.read(name).decode()
    for command in ("apnscpd", "cpcmd", "AddDomain", "EditDomain", "DeleteDomain", "SuspendDomain", "ActivateDomain"):
        assert f"\n{command} = apnscp." in text
    assert "[pytest11]\napnscp = apnscp.server.testing\n" in text
