"""Every call of a scope that the panel's documentation shows (docs/fidelity.md, "Examples that are refused")."""

from __future__ import annotations

import csv
import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel
from apnscp.wire.cpcmd import notation
from apnscp.wire.errors import FaultReceived

EXAMPLES = list(
    csv.DictReader(
        (Path(__file__).parents[1] / "data/scope_examples.tsv").read_text("utf-8").splitlines(),
        delimiter="\t",
        quoting=csv.QUOTE_NONE,
    )
)
BASH_ONLY = "$'"
"""A notation of bash that shlex does not know; the values of such an example stand in its row."""
FIDELITY = (Path(__file__).parents[3] / "docs/fidelity.md").read_text("utf-8")


def answer(panel: EmulatedPanel, example: dict[str, str]) -> str | None:
    """Return why the panel refuses an example, None where it takes it."""
    name = [] if example["verb"] == "list" else [example["scope"]]
    try:
        panel.call(f"scope:{example['verb']}", *name, *json.loads(example["values"]))
    except FaultReceived as fault:
        return fault.text
    return None


def test_every_example_is_taken_or_refused_for_the_reason_that_its_row_gives(panel: EmulatedPanel) -> None:
    wrong = []
    for example in EXAMPLES:
        refusal = answer(panel, example)
        if (refusal is None) != (example["outcome"] == "accepted"):
            wrong.append((example["source"], example["scope"], example["arguments"], refusal))
    assert len(EXAMPLES) == 306
    assert wrong == []


@pytest.mark.parametrize("reason", sorted({row["outcome"] for row in EXAMPLES} - {"accepted"}))
def test_every_reason_stands_on_the_page(reason: str) -> None:
    assert f"| {reason} |" in FIDELITY


@pytest.mark.parametrize(
    ("arguments", "values"),
    sorted({(row["arguments"], row["values"]) for row in EXAMPLES if BASH_ONLY not in row["arguments"]}),
)
def test_the_notation_reads_the_arguments_of_an_example(arguments: str, values: str) -> None:
    assert _plain([notation.parse(text) for text in shlex.split(arguments)]) == json.loads(values)


def _plain(value: Any) -> Any:
    """Return values as JSON writes them, which has text for all keys."""
    return json.loads(json.dumps(value))
