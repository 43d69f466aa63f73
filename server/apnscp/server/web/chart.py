"""A bar chart of transfer over time, as numbers for an SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from apnscp.opcenter.usage.transfer import Span
from apnscp.server.web.formats import day, size

WIDTH, HEIGHT = 360, 180
_TOP, _BOTTOM, _LEFT = 16, 158, 4
_GAP = 6


class Bar(NamedTuple):
    """A bar: its place in the drawing, what stands below it, and what it says."""

    x: float
    y: float
    width: float
    height: float
    label: str
    text: str


class Chart(NamedTuple):
    """A chart: its bars, the line of its largest value, and a sentence for whoever cannot see it."""

    bars: list[Bar]
    most: str
    text: str
    width: int = WIDTH
    height: int = HEIGHT
    top: int = _TOP
    bottom: int = _BOTTOM


def of_cycles(cycles: Sequence[Span]) -> Chart | None:
    """Return the chart of cycles, oldest first; None where there are none."""
    if not cycles:
        return None
    totals = [cycle.received + cycle.sent for cycle in cycles]
    most = max(totals)
    step = (WIDTH - 2 * _LEFT) / len(cycles)
    bars = [
        _bar(place, cycle, total, most, step) for place, (cycle, total) in enumerate(zip(cycles, totals, strict=True))
    ]
    latest = f"{size(totals[-1])} in the running cycle since {day(cycles[-1].begin)}"
    highest = f"the highest of {len(cycles)} is {size(most)}, {day(cycles[totals.index(most)].begin)}"
    return Chart(bars, size(most), f"{latest}; {highest}.")


def _bar(place: int, cycle: Span, total: int, most: int, step: float) -> Bar:
    height = round((_BOTTOM - _TOP) * total / most, 1) if most else 0.0
    width = round(min(step - _GAP, 40), 1)
    x = round(_LEFT + place * step + (step - width) / 2, 1)
    label = day(cycle.begin)
    return Bar(x, round(_BOTTOM - height, 1), width, height, label[5:7], f"from {label}: {size(total)}")
