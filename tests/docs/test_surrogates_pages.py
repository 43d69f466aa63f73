"""docs/surrogates.md, docs/resellers.md: sessions print what the pages say, code is that of the examples or can be loaded."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from apnscp.core.registry import REGISTRY
from apnscp.surrogates import load

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "surrogates"

pytestmark = pytest.mark.xdist_group("served-surrogates")


@pytest.mark.parametrize("page", ["docs/surrogates.md", "docs/resellers.md"])
def test_the_sessions_of_the_page_print_what_it_says(page: str, document: Any, served_surrogates: Any) -> None:
    assert list(document(page).not_run) == ["apnscpd serve --demo --surrogates examples/surrogates"]
    document(page).run(served_surrogates)


def code_of(name: str) -> str:
    """Return the code of an example without its first docstring."""
    return re.sub(r'\A""".*?"""\n+', "", (EXAMPLES / name).read_text("utf-8"), flags=re.DOTALL)


def test_the_code_of_the_pages_is_that_of_the_examples(document: Any) -> None:
    first = next(block for block in document("docs/surrogates.md").blocks if block.language == "python")
    assert first.body == code_of("billing.py")
    (table,) = [block for block in document("docs/resellers.md").blocks if block.language == "python"]
    assert table.body in code_of("reseller.py")


def test_the_other_code_of_the_page_can_be_loaded(document: Any, tmp_path: Path) -> None:
    blocks = [block.body for block in document("docs/surrogates.md").blocks if block.language == "python"]
    assert len(blocks) == 3
    for number, body in enumerate(blocks):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "billing.py").write_text(body)
        assert load(folder).find("billing:get-invoice").emulated
    assert load(folder).find("billing:get-balance").returns.php == "float"
    assert len(REGISTRY) < len(load(folder))
