"""Write every page that is made from the registry: ``python -m tools.pages``."""

from __future__ import annotations

from tools.pages import ROOT, pages


def main() -> None:
    """Write the pages; those of modules that have gone are removed."""
    made = pages()
    for stale in {*(ROOT / "docs" / "modules").glob("*.md")} - {*made}:
        stale.unlink()
    for path, text in made.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
