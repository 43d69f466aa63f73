"""Run all measurements and print one table: what was measured, what was found, what is asked for.

Exit code 1 when a floor is missed, 2 when a program is missing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import collect
import cpcmd
import engine
import mass_edit
import memory
import whoami
import writers
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
    Line("whoami", "php tuned"),
    Line("whoami", "ratio", ">= 1.0, aim 1.2", lambda value: value >= 1.0),
    Line("whoami", "to tuned"),
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
    Line("cpcmd", "whoami ms", "< 150", lambda value: value < 150),
    Line("cpcmd", "help ms", "< 120", lambda value: value < 120),
    Line("cpcmd", "bare ms"),
    Line("engine", "*"),
    Line("writers", "*"),
    Line("mass", "*"),
]


ASKED: dict[str, tuple[str, Callable[[float], bool]]] = {
    **{f"{call} ratio": ("< 1.5", lambda value: value < 1.5) for call in engine.STEADY},
    "16 writers p99 to median": ("< 6", lambda value: value < 6),
    "64 writers slowest ms": ("< 2000", lambda value: value < 2000),
    "add cpu ms": ("< 2.5", lambda value: value < 2.5),
    "edit cpu ms": ("< 1.5", lambda value: value < 1.5),
    "suspend cpu ms": ("< 1.0", lambda value: value < 1),
    "activate cpu ms": ("< 1.0", lambda value: value < 1),
    "sqlite editor longest ms": ("< 2000", lambda value: value < 2000),
    "postgresql editor longest ms": ("< 2000", lambda value: value < 2000),
    "to by hand": ("< 1.5", lambda value: value < 1.5),
    "memory of answer": ("< 3", lambda value: value < 3),
}
"""What is asked of figures that a measurement lists by itself."""


def main() -> int:
    """Measure, print, and tell whether every floor holds."""
    measurements = {
        "whoami": whoami.measure, "collect": collect.measure, "memory": memory.measure, "cpcmd": cpcmd.measure,
        "engine": engine.measure, "writers": writers.measure, "mass": mass_edit.measure,
    }  # fmt: skip
    try:
        found = {name: measure() for name, measure in measurements.items()}
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 2
    missed = 0
    for line in lines(found):
        value = found[line.measurement][line.figure]
        holds = line.holds is None or line.holds(value)
        missed += not holds
        verdict = "" if line.holds is None else "ok" if holds else "MISSED"
        print(f"{line.measurement:8} {line.figure:26} {value:12.2f}   {line.asked:16} {verdict}".rstrip())
    return 1 if missed else 0


def lines(found: dict[str, dict[str, float]]) -> list[Line]:
    """Return the table's lines; `*` stands for every figure of a measurement that has no line of its own."""
    named = {(line.measurement, line.figure) for line in TABLE}
    result: list[Line] = []
    for line in TABLE:
        if line.figure != "*":
            result.append(line)
            continue
        rest = [figure for figure in found[line.measurement] if (line.measurement, figure) not in named]
        result += [Line(line.measurement, figure, *ASKED.get(figure, ())) for figure in rest]
    return result


if __name__ == "__main__":
    sys.exit(main())
