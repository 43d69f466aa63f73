"""The measurements start and print their lines, and the page is written from them; how fast anything is, no test asks."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "bench"
KEPT: Any = {
    "whoami": {
        "machine": {"date": "2031-02-03", "processor": "Example, 2 cores", "Python": "3.13.1"},
        "figures": {"operations": 1071, "emulator calls/s": 3456.7, "tuned PHP calls/s": 3000.0, "to tuned PHP": 1.152},
        "missing": {"node-soap calls/s": "node-soap is not installed"},
    },
    "writers": {
        "machine": {"date": "2031-02-01", "processor": "Another, 1 cores"},
        "figures": {"SQLite, 2 workers, 16 edits/s": 300.2, "SQLite, 2 workers, 16 p99 to median": 7.04},
        "missing": {},
    },
}
PAGE = """# Speed

<!-- figures: machine -->
old
<!-- end -->

By hand.

<!-- figures: whoami -->
<!-- end -->
<!-- figures: writers -->
<!-- end -->
<!-- figures: memory -->
as it was
<!-- end -->
The end.
"""


@pytest.fixture
def report(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCH))
    return import_module("report")


def run(*words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, str(BENCH / "run.py"), *words]
    return subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)


def test_a_measurement_prints_a_line_for_each_figure_with_its_aim() -> None:
    done = run("--only", "collect", "--quick")
    assert re.search(r"^collect  sites {35} +100\.00", done.stdout, re.MULTILINE), done.stdout + done.stderr
    assert re.search(r"^collect  to by hand +\d+\.\d\d$", done.stdout, re.MULTILINE)
    assert re.search(
        r"^collect  to PHP +(\d+\.\d\d   < 1 +(ok|MISSED)|missing   .+ is not installed)$", done.stdout, re.M
    )


def test_a_measurement_that_does_not_exist_is_named_with_those_that_do() -> None:
    done = run("--only", "whoami,speed")
    assert done.returncode == 2
    assert done.stderr == (
        "Unknown measurement `speed'; there are whoami, writers, writing, first, memory, collect, engine\n"
    )


def test_figures_are_written_between_the_markers_and_the_rest_of_the_page_stays(report: Any) -> None:
    assert report.written(PAGE, KEPT) == (
        "# Speed\n\n<!-- figures: machine -->\n\n"
        "| what | measured on |\n| --- | --- |\n| measured | whoami 2031-02-03, writers 2031-02-01 |\n"
        "| processor | Example, 2 cores |\n| Python | 3.13.1 |\n\n<!-- end -->\n\nBy hand.\n\n<!-- figures: whoami -->\n\n"
        "| figure | found | aim | met |\n| --- | --- | --- | --- |\n| operations | 1,071 | >= 1071 | yes |\n"
        "| emulator calls/s | 3,457 |  |  |\n| tuned PHP calls/s | 3,000 |  |  |\n"
        "| to tuned PHP | 1.15 | >= 1, hoped 1.2 | yes |\n\n"
        "Not measured: node-soap calls/s, for node-soap is not installed.\n\n<!-- end -->\n<!-- figures: writers -->\n\n"
        "| store | workers | connections | edits/s | p99 to median |\n| --- | --- | --- | --- | --- |\n"
        "| SQLite | 2 | 16 | 300 | 7.04 (< 6 missed) |\n\n<!-- end -->\n"
        "<!-- figures: memory -->\nas it was\n<!-- end -->\nThe end.\n"
    )


def test_writing_the_page_twice_changes_nothing(report: Any) -> None:
    once = report.written(PAGE, KEPT)
    assert report.written(once, KEPT) == once


def test_without_a_measurement_the_page_stays_and_the_way_out_is_named(
    report: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE)
    assert report.main(tmp_path / "none.json", page) == 1
    assert page.read_text() == PAGE
    assert capsys.readouterr().err == f"{tmp_path / 'none.json'} is not there; `make bench` writes it\n"


def test_the_page_has_a_block_for_each_measurement(report: Any) -> None:
    page = (ROOT / "docs" / "performance.md").read_text("utf-8")
    blocks = [name for _, name, _ in report.BLOCK.findall(page)]
    assert blocks == ["machine", *import_module("run").PARTS]
    assert set(import_module("aims").AIMS) == set(import_module("run").PARTS)
