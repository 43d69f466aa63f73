"""Run all measurements and print one table: what was measured, what was found, what is asked for.

Exit code 1 when a floor is missed, 2 when a program is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import collect
import memory
import whoami
from peers import Missing


@dataclass(frozen=True)
class Line:
    """One line of the table: a figure of a measurement, and what holds of it."""

    measurement: str
    figure: str
    asked: str = ""
    holds: Callable[[float], bool] | None = None


TABLE = [
    Line("whoami", "operations", ">= 1000", lambda value: value >= 1000),
    Line("whoami", "emulator"),
    Line("whoami", "php"),
    Line("whoami", "ratio", ">= 1.0, aim 1.2", lambda value: value >= 1.0),
    Line("collect", "sites", "= 1000", lambda value: value == 1000),
    Line("collect", "emulator ms"),
    Line("collect", "by hand ms"),
    Line("collect", "php ms"),
    Line("collect", "to by hand", "aim <= 3.0"),
    Line("collect", "to php", "< 1.0", lambda value: value < 1.0),
    Line("memory", "calls", "= 20000", lambda value: value == 20000),
    Line("memory", "before MiB"),
    Line("memory", "after MiB"),
    Line("memory", "growth MiB", "< 5", lambda value: value < 5),
]


def main() -> int:
    """Measure, print, and tell whether every floor holds."""
    measurements = {"whoami": whoami.measure, "collect": collect.measure, "memory": memory.measure}
    try:
        found = {name: measure() for name, measure in measurements.items()}
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    missed = 0
    for line in TABLE:
        value = found[line.measurement][line.figure]
        holds = line.holds is None or line.holds(value)
        missed += not holds
        verdict = "" if line.holds is None else "ok" if holds else "MISSED"
        print(f"{line.measurement:8} {line.figure:12} {value:12.2f}   {line.asked:16} {verdict}".rstrip())
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
