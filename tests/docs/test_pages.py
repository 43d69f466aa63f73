"""No page shows a shell session that nothing runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PAGES = ("*.md", "docs/*.md", "bench/*.md", "examples/**/*.md")
TESTED = {
    "README.md": "test_readme.py",
    "docs/billing-guide.md": "test_billing_guide.py",
    "docs/cpcmd.md": "test_cpcmd_page.py",
    "docs/integrate.md": "test_integrate_page.py",
    "docs/journal.md": "test_journal_page.py",
    "docs/resellers.md": "test_surrogates_pages.py",
    "docs/security.md": "test_security_page.py",
    "docs/serve.md": "test_serve_page.py",
    "docs/surrogates.md": "test_surrogates_pages.py",
    "examples/node/README.md": "test_examples.py",
    "examples/php/README.md": "test_examples.py",
    "examples/python-billing/README.md": "test_examples.py",
}
"""Pages with sessions, and the file beside this one that runs them."""


def test_pages_with_sessions_are_those_that_are_run(document: Any, shells: frozenset[str]) -> None:
    pages = sorted(str(path.relative_to(ROOT)) for pattern in PAGES for path in ROOT.glob(pattern))
    with_sessions = [page for page in pages if any(block.language in shells for block in document(page).blocks)]
    assert with_sessions == sorted(TESTED)


def test_files_that_run_the_pages_name_them() -> None:
    for page, name in TESTED.items():
        assert page in Path(__file__).with_name(name).read_text("utf-8")


def test_pages_with_sessions_say_how_to_get_the_commands() -> None:
    assert [page for page in TESTED if 'eval "$(make -s env)"' not in (ROOT / page).read_text("utf-8")] == []
