"""Texts that name modules: no import statement stands behind them, so that a moved file would be noticed at run time only."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "wire|core|opcenter|modules|server|client"
NAME = re.compile(rf"(?<![\w./:@-])apnscp\.(?:{ROOMS})(?:\.[A-Za-z_]\w*)*(?::\w+)?(?![\w/])")
"""A module, or ``module:name``."""


def texts() -> Iterator[tuple[str, str]]:
    """Go through every string of the sources, docstrings included, and the names in pyproject.toml."""
    yield "pyproject.toml", (ROOT / "pyproject.toml").read_text()
    for root in ("wsdl", "modules", "server", "client"):
        for path in sorted((ROOT / root).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


FOUND = sorted({(name, place) for place, text in texts() for name in NAME.findall(text)})


@pytest.mark.parametrize(("name", "place"), FOUND)
def test_what_a_text_names_can_be_imported(name: str, place: str) -> None:
    module, _, attribute = name.partition(":")
    found = import_module(module)
    assert not attribute or hasattr(found, attribute), place


def test_the_texts_that_start_programs_are_among_them() -> None:
    assert {name for name, _ in FOUND} >= {
        "apnscp.server.app:build",
        "apnscp.server.cli",
        "apnscp.server.cli.main:main",
        "apnscp.server.http.worker",
        "apnscp.server.provisioning:prepare",
        "apnscp.server.testing",
    }
