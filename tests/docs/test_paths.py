"""Every file and folder that a page names by its path is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OF_ITS_OWN = ROOT / "docs" / "architecture.md"
"""Names paths inside a source root; test_architecture_page.py looks at them."""
FOUND = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bench/*.md"), *ROOT.glob("examples/**/*.md")]
PAGES = [page for page in FOUND if page != OF_ITS_OWN]
TOP = "bench|client|docs|examples|modules|server|tests|wsdl"
NAMED = re.compile(rf"(?<![\w/.:-])(?:{TOP})/(?:[\w.-]+/)*(?:[\w-]+\.[a-z]+)?")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_paths_that_a_page_names_exist(page: Path) -> None:
    named = {path for path in NAMED.findall(page.read_text("utf-8")) if "MODULE" not in path}
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
