"""Pages of the documentation that are made from the registry: `make docs` writes them, the suite finds a stale one."""

from __future__ import annotations

from pathlib import Path

from apnscp import modules
from apnscp.core.registry import REGISTRY
from tools.pages import coverage, module_page

ROOT = Path(__file__).parents[2]


def pages() -> dict[Path, str]:
    """Return the text of each page by its path."""
    modules.load_all()
    docs = ROOT / "docs"
    names = sorted({command.module for command in REGISTRY.emulated()})
    of_modules = {
        docs / "modules" / f"{name}.md": module_page.page(command for command in REGISTRY if command.module == name)
        for name in names
    }
    return {docs / "coverage.md": coverage.page(REGISTRY)} | of_modules
