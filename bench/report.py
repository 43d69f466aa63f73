"""Write the figures that `run.py` kept into docs/performance.md, between its markers; what people wrote around them stays.

A block begins with ``<!-- figures: NAME -->`` and ends with ``<!-- end -->``; NAME is a measurement, or `machine`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from aims import aim_of
from run import RESULTS

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
BLOCK = re.compile(r"(<!-- figures: ([a-z]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_RUN = re.compile(r"(?P<store>.*), (?P<workers>\d) workers, (?P<connections>\d+) (?P<what>.*)")
_SIZED = re.compile(r"(?P<what>.*) (?P<sites>\d+) ms")

Kept = dict[str, dict[str, Any]]


def main(results: Path = RESULTS, page: Path = PAGE) -> int:
    """Write the page anew; return the exit code: 1 where nothing has been measured yet."""
    if not results.exists():
        print(f"{results} is not there; `make bench` writes it", file=sys.stderr)
        return 1
    page.write_text(written(page.read_text("utf-8"), json.loads(results.read_text("utf-8"))), "utf-8")
    return 0


def written(page: str, kept: Kept) -> str:
    """Return a page with the figures in its blocks; the block of a measurement that was not taken stays as it is."""

    def block(found: re.Match[str]) -> str:
        begin, name, end = found.groups()
        if name == "machine":
            return f"{begin}\n{about(kept)}\n\n{end}"
        return f"{begin}\n{table_of(name, kept[name])}\n\n{end}" if name in kept else found[0]

    return BLOCK.sub(block, page)


def about(kept: Kept) -> str:
    """Return the machine and versions of the newest measurement, and the dates of all, as a table."""
    newest = max(kept.values(), key=lambda each: each["machine"]["date"])["machine"]
    rows = [(name, text) for name, text in newest.items() if name != "date"]
    dates = ", ".join(f"{name} {each['machine']['date']}" for name, each in kept.items())
    return markdown(("what", "measured on"), [("measured", dates), *rows])


def table_of(part: str, measured: dict[str, Any]) -> str:
    """Return the figures of a measurement as a table, or as several."""
    figures, missing = dict(measured["figures"]), measured["missing"]
    tables = [PIVOTS[part](figures)] if part in PIVOTS else []
    rows = [(name, shown(value), *_asked(part, name, value)) for name, value in figures.items()]
    tables += [markdown(("figure", "found", "aim", "met"), rows)] if rows else []
    tables += [f"Not measured: {name}, for {reason}." for name, reason in missing.items()]
    return "\n\n".join(table for table in tables if table)


def _asked(part: str, name: str, value: float) -> tuple[str, str]:
    aim = aim_of(part, name)
    return ("", "") if aim is None else (aim.text, "yes" if aim.holds(value) else "no")


def _writers(figures: dict[str, float]) -> str:
    """Return one line for each run of editors, and take their figures out of the others."""
    return _pivot(figures, _RUN, ("store", "workers", "connections"))


def _engine(figures: dict[str, float]) -> str:
    """Return one line for each call, with a column for each number of sites, and take these figures out."""
    sized = {name: found for name in figures if (found := _SIZED.fullmatch(name))}
    sizes = sorted({int(found["sites"]) for found in sized.values()})
    cells: dict[str, dict[int, float]] = {}
    for name, found in sized.items():
        cells.setdefault(found["what"], {})[int(found["sites"])] = figures.pop(name)
    rows = [(what, *(shown(of[size]) if size in of else "" for size in sizes)) for what, of in cells.items()]
    return markdown(("call, in ms", *(f"{size:,} sites" for size in sizes)), rows) if rows else ""


def _pivot(figures: dict[str, float], pattern: re.Pattern[str], keys: tuple[str, ...]) -> str:
    cells: dict[tuple[str, ...], dict[str, str]] = {}
    for name in list(figures):
        found = pattern.fullmatch(name)
        if found:
            cells.setdefault(tuple(found[key] for key in keys), {})[found["what"]] = _judged(name, figures.pop(name))
    columns = list(dict.fromkeys(what for of in cells.values() for what in of))
    rows = [(*key, *(of.get(what, "") for what in columns)) for key, of in cells.items()]
    return markdown((*keys, *columns), rows) if rows else ""


def _judged(name: str, value: float) -> str:
    """Return a figure of the writers, with its aim where that is missed: a line of many figures has no column for aims."""
    aim = aim_of("writers", name)
    return shown(value) if aim is None or aim.holds(value) else f"{shown(value)} ({aim.text} missed)"


PIVOTS: dict[str, Callable[[dict[str, float]], str]] = {"writers": _writers, "engine": _engine}
"""Measurements with more than two dimensions -> what makes a table of them; it takes out the figures that it shows."""


def shown(value: float) -> str:
    """Return a figure with three digits that count."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.4f}"


def markdown(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
