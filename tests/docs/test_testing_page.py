"""docs/testing.md: its examples are tests, its tables name what there is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from apnscp.server.injected_failures import EFFECTS
from apnscp.server.testing import EmulatedPanel
from apnscp.server.testing.seeds import SHORT

PAGE = "docs/testing.md"
TEXT = (Path(__file__).parents[2] / PAGE).read_text("utf-8")
INSIDE = {"app", "close", "demo", "flush", "inside", "messages", "wsgi"}
"""Public names of the panel that are not for users."""


def test_examples_of_the_page_pass(document: Any, tmp_path: Path) -> None:
    examples = [block.body for block in document(PAGE).blocks if block.language == "python"]
    for number, example in enumerate(examples):
        (tmp_path / f"test_example_{number}.py").write_text(example)
    line = [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    count = sum(len(re.findall(r"^def test_", example, re.MULTILINE)) for example in examples)
    assert count >= len(examples) > 5
    assert f"{count} passed" in done.stdout, done.stdout + done.stderr


def test_the_page_names_all_that_a_panel_offers(panel: EmulatedPanel) -> None:
    public = {name for name in dir(panel) if not name.startswith("_")} - INSIDE
    assert {name for name in public if f"`panel.{name}" not in TEXT} == set()
    assert {name for name in SHORT if f"`{name}`" not in TEXT} == set()


def test_the_page_names_every_effect() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (no|yes) ", TEXT, re.MULTILINE)
    assert rows == [(name, "yes" if effect.after else "no") for name, effect in EFFECTS.items()]
