"""docs/glossary.md explains each word that a newcomer stumbles over, in one screen, and the README's start leads there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/glossary.md").read_text("utf-8")
WORDS = (
    "site", "account", "siteN", "addon domain", "invoice", "parent invoice", "service parameter", "plan", "role",
    "hijack", "gate", "scope",
)  # fmt: skip


def test_each_word_of_the_panel_has_a_row() -> None:
    explained = set(re.findall(r"\*\*([^*]+)\*\*", TEXT))
    assert [word for word in WORDS if word not in explained] == []


def test_the_page_fits_on_a_screen() -> None:
    assert len(TEXT.splitlines()) < 30


def test_the_first_screen_of_the_readme_leads_to_it() -> None:
    first_screen, _, _ = (ROOT / "README.md").read_text("utf-8").partition("\n## ")
    assert "(docs/glossary.md)" in first_screen
