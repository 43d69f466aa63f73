"""docs/journal.md: its sessions print what it says, and it names every filter and export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from apnscp.server.calls.exports import EXPORTS
from apnscp.server.web.journal import FIELDS

PAGE = "docs/journal.md"
TEXT = (Path(__file__).parents[2] / PAGE).read_text("utf-8")


def test_the_sessions_of_the_page_print_what_it_says(document: Any, served_fresh_demo: Any) -> None:
    document(PAGE).run(served_fresh_demo)


def test_the_page_names_every_filter_and_export() -> None:
    for name in (*FIELDS, *EXPORTS):
        assert f"`{name}`" in TEXT, name
