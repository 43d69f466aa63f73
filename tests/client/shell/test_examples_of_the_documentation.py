"""Every command of the life cycle that the panel's documentation shows, in its order (docs/fidelity.md)."""

from __future__ import annotations

import csv
import shlex
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from apnscp.server.testing import EmulatedPanel

ROOT = Path(__file__).parents[3]
SCRIPTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
EXAMPLES = list(
    csv.DictReader(
        Path(__file__).with_name("data").joinpath("command_examples.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
FIDELITY = (ROOT / "docs/fidelity.md").read_text("utf-8")
pytestmark = pytest.mark.usefixtures("home")


def run(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Run a command line in this process and return its exit code."""
    name, *arguments = shlex.split(line)
    module, _, function = SCRIPTS[name].partition(":")
    monkeypatch.setattr(sys, "argv", [name, *arguments])
    with pytest.raises(SystemExit) as ended:
        getattr(import_module(module), function)()
    return int(ended.value.code or 0)


def test_every_example_is_taken_or_refused_for_the_reason_that_its_row_gives(
    panel: EmulatedPanel, panel_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("APNSCP_URL", panel_url)
    monkeypatch.setenv("APNSCP_KEY", panel.key)
    panel.call("admin:add-site", "mydomain.com", "myadmin")
    panel.call("auth:change-password", "of-the-second-1", "admin2")
    wrong = []
    for example in EXAMPLES:
        code = run(example["command"], monkeypatch)
        if (code == 0) != (example["outcome"] == "accepted"):
            wrong.append((example["source"], example["command"], code, capsys.readouterr().err))
        capsys.readouterr()
    assert len(EXAMPLES) == 109
    assert wrong == []


@pytest.mark.parametrize("reason", sorted({row["outcome"] for row in EXAMPLES} - {"accepted"}))
def test_every_reason_stands_on_the_page(reason: str) -> None:
    assert f"| {reason} |" in FIDELITY
