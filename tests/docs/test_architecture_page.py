"""The rooms that docs/architecture.md names are the folders that exist, and so are the files."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
SOURCES = {
    "wire": "wsdl",
    "core": "modules",
    "opcenter": "modules",
    "modules": "modules",
    "surrogates": "modules",
    "server": "server",
    "client": "client",
}
FLAT = {"core", "modules", "surrogates"}
"""Rooms without rooms inside."""


def packages(part: str) -> set[str]:
    folder = ROOT / SOURCES[part] / "apnscp" / part
    if part in FLAT:
        return {part}
    return {f"{part}/{path.parent.name}" for path in folder.glob("*/__init__.py")}


def test_the_page_names_the_rooms_that_exist() -> None:
    table = PAGE.partition("## The rooms")[2].partition("## ")[0]
    named = re.findall(r"^\| `([\w/]+)` \|", table, flags=re.MULTILINE)
    assert sorted(named) == sorted(name for part in SOURCES for name in packages(part))


def test_every_room_says_what_it_is_for() -> None:
    for part in SOURCES:
        for name in packages(part):
            source = ROOT / SOURCES[part] / "apnscp" / name / "__init__.py"
            assert re.match(r'"""\w[^"]{20,}', source.read_text("utf-8")), name


def test_the_files_that_the_page_names_exist() -> None:
    named = set(
        re.findall(r"`((?:wire|core|opcenter|server|client|lifecycle|sites|plans|services)/[\w/]+\.(?:py|tsv))`", PAGE)
    )
    assert len(named) > 20
    for name in sorted(named):
        part = name.partition("/")[0]
        path = f"{SOURCES[part]}/apnscp/{name}" if part in SOURCES else f"modules/apnscp/opcenter/{name}"
        assert (ROOT / path).is_file(), name


def test_contributing_leads_here() -> None:
    assert "docs/architecture.md" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
