"""docs/serve.md: its sessions print what it says, and it names every command and every flag about state and TLS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

PAGE = "docs/serve.md"
TEXT = (Path(__file__).parents[2] / PAGE).read_text("utf-8")


def test_the_sessions_of_the_page_print_what_it_says(document: Any, served_demo: Any) -> None:
    assert list(document(PAGE).not_run.values()) == [
        "starts a server in the background; tests/server/cli/test_ready.py runs these lines ten times"
    ]
    document(PAGE).run(served_demo)


def test_the_page_names_the_flags_that_it_is_about() -> None:
    for flag in (
        "--state-dir",
        "--share-state-dir",
        "--new-secret",
        "--admin-key-file",
        "--tls-name",
        "APNSCP_TLS_NAMES",
    ):
        assert f"`{flag}" in TEXT
