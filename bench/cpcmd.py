"""Measure whole runs of cpcmd against a local server, in turns with a Python that only imports what it stands on."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import KEY, emulator

ROUNDS = 15
CPCMD = str(Path(sys.executable).with_name("cpcmd"))
RUNS = {
    "whoami": [CPCMD, "common:whoami"],
    "help": [CPCMD, "--help"],
    "bare": [sys.executable, "-c", "import click, http.client, lxml.etree"],
    "zeep": [sys.executable, "-c", "import zeep"],
}
"""What is run; `bare` imports the parts that cpcmd stands on, `zeep` the library that it does without."""


def measure(rounds: int = ROUNDS) -> dict[str, float]:
    """Return the median wall time of each run in milliseconds, and those of cpcmd as multiples of `bare`."""
    with tempfile.TemporaryDirectory(prefix="apnscp-bench-") as name, emulator(Path(name), 1, demo=True) as (url, _):
        seen = in_turns({**os.environ, "HOME": name, "APNSCP_URL": url, "APNSCP_KEY": KEY}, rounds)
    medians = {f"{label} ms": statistics.median(times) * 1000 for label, times in seen.items()}
    return medians | {f"{label} to bare": medians[f"{label} ms"] / medians["bare ms"] for label in ("whoami", "help")}


def in_turns(environ: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Return the seconds of each run; the first round, which warms the caches, does not count."""
    seen: dict[str, list[float]] = {label: [] for label in RUNS}
    for turn in range(rounds + 1):
        for label, line in RUNS.items():
            begun = time.perf_counter()
            subprocess.run(line, env=environ, stdout=subprocess.DEVNULL, check=True)
            if turn:
                seen[label].append(time.perf_counter() - begun)
    return seen


if __name__ == "__main__":
    for label, value in measure().items():
        print(f"{label:16} {value:8.2f}")
