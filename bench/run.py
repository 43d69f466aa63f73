"""Run the measurements and print one table: what was measured, what was found, what is asked for.

`make bench` runs all, `make bench ONLY=whoami,writers` some, `make bench QUICK=1` a short try whose figures mean nothing.
Exit code 1 when an aim is missed or a measurement failed, 2 for a name that is no measurement. The figures are kept in
`results/latest.json`, those of earlier runs of other measurements with them, for `make performance`.
"""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import machine
from aims import AIMS, aim_of
from found import Found

PARTS = ("whoami", "writers", "writing", "first", "memory", "collect", "engine")
"""The measurements, each in the module of its name."""
RESULTS = Path(__file__).parent / "results" / "latest.json"


def main(words: list[str] | None = None) -> int:
    """Measure, print, keep, and tell whether every aim is met."""
    parser = argparse.ArgumentParser(prog="make bench", description="Measure, and compare with what is asked for.")
    parser.add_argument("--only", default="", metavar="NAMES", help=f"of {', '.join(PARTS)}, with commas between")
    parser.add_argument("--quick", action="store_true", help="try everything in a short time; nothing is kept")
    given = parser.parse_args(words)
    parts = [part.strip() for part in given.only.split(",") if part.strip()] or list(PARTS)
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        print(f"Unknown measurement `{unknown[0]}'; there are {', '.join(PARTS)}", file=sys.stderr)
        return 2
    about, good = machine.described(), True
    for part in parts:
        good = _measured(part, about, given.quick) and good
    return 0 if good else 1


def _measured(part: str, about: dict[str, str], quick: bool) -> bool:
    """Take one measurement, print it and keep it; tell whether all went well."""
    try:
        found: Found = import_module(part).measure(quick)
    except Exception:  # noqa: BLE001 -- the other measurements go on
        traceback.print_exc()
        print(f"{part:8} FAILED; its lines stand above")
        return False
    for line in lines(part, found):
        print(line, flush=True)
    if not quick:
        keep(part, found, about)
    return all(aim is None or aim.holds(value) for aim, value in ((aim_of(part, name), found[name]) for name in found))


def lines(part: str, found: Found) -> Iterator[str]:
    """Go through the lines of the table."""
    for name, value in found.items():
        aim = aim_of(part, name)
        verdict = "" if aim is None else "ok" if aim.holds(value) else "MISSED"
        yield f"{part:8} {name:40} {value:12.2f}   {aim.text if aim else '':18} {verdict}".rstrip()
    for name, reason in found.missing.items():
        yield f"{part:8} {name:40} {'missing':>12}   {reason}"


def keep(part: str, found: Found, about: dict[str, str]) -> None:
    """Keep the figures of a measurement beside those of the others."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    kept[part] = {"machine": about, "figures": dict(found), "missing": found.missing}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(kept, indent=1), "utf-8")


if __name__ == "__main__":
    assert set(AIMS) == set(PARTS)
    sys.exit(main())
