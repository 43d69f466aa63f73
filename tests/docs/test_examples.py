"""The pages of examples/ run: examples/node/README.md, examples/php/README.md, examples/python-billing/README.md."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("served-examples")

ROOT = Path(__file__).parents[2]
NODE_MODULES = ROOT / "tests" / "interop" / "node" / "node_modules"


@dataclass(frozen=True)
class Checkout:
    """A shell that stands in a checkout of the repository."""

    panel: Any

    def shell(self, line: str) -> subprocess.CompletedProcess[str]:
        done: subprocess.CompletedProcess[str] = self.panel.shell(
            line, NODE_PATH=str(NODE_MODULES), PYTHONDONTWRITEBYTECODE="1", PYTEST_ADDOPTS="-p no:cacheprovider"
        )
        return done


@pytest.fixture
def checkout(served_demo: Any) -> Iterator[Checkout]:
    link = served_demo.home / "examples"
    link.symlink_to(ROOT / "examples")
    yield Checkout(served_demo)
    link.unlink()


def test_the_python_example_passes_its_tests(document: Any, checkout: Checkout) -> None:
    document("examples/python-billing/README.md").run(checkout)


def test_the_php_example_prints_what_its_page_says(
    document: Any, checkout: Checkout, need: Callable[[str], str]
) -> None:
    need("php")
    document("examples/php/README.md").run(checkout)


def test_the_node_example_prints_what_its_page_says(
    document: Any, checkout: Checkout, need: Callable[[str], str]
) -> None:
    need("node")
    document("examples/node/README.md").run(checkout)
