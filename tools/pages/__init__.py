"""Pages of the documentation that are made from the registry: `make docs` writes them, the suite finds a stale one."""

from __future__ import annotations

from pathlib import Path

from apnscp import modules
from apnscp.core.registry import REGISTRY
from tools.pages import coverage

ROOT = Path(__file__).parents[2]


def pages() -> dict[Path, str]:
    """Return the text of each page by its path."""
    modules.load_all()
    docs = ROOT / "docs"
    return {docs / "coverage.md": coverage.page(REGISTRY)}
