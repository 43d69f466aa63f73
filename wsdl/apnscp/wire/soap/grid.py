"""Arrays of several dimensions, as PHP's server fills them."""

from __future__ import annotations

import re
from typing import Any, Final

_NUMBERS: Final = re.compile(r"[0-9]{1,9}")


class Grid:
    """An array of several dimensions while it is read.

    sizes: of its dimensions, such as `2,3]`; the first may be unknown, and then counts on
    offset: place of the first item, such as `[0,1]`
    """

    def __init__(self, sizes: str, offset: str | None) -> None:
        """Start empty."""
        self._sizes = [_first(size) for size in sizes.split(",")]
        self._place = self._at(offset or "")
        self._rows: dict[int | str, Any] = {}

    @property
    def dimensions(self) -> int:
        """Return how many numbers a place has."""
        return len(self._sizes)

    def put(self, value: Any, position: str | None) -> None:
        """Add a value at its position, such as `[1,0]`, or behind the one before."""
        if position is not None:
            self._place = self._at(position)
        row = self._rows
        for number in self._place[:-1]:
            row = row.setdefault(number, {})
        row[self._place[-1]] = value
        self._go_on()

    def value(self) -> list[Any] | dict[int | str, Any]:
        """Return lists of lists; a row that has gaps, or another order, is a map by index."""
        return _rows(self._rows, self.dimensions)

    def _at(self, text: str) -> list[int]:
        given = [_first(number) for number in text.rpartition("[")[2].split(",")][: self.dimensions]
        return given + [0] * (self.dimensions - len(given))

    def _go_on(self) -> None:
        for dimension in reversed(range(self.dimensions)):
            self._place[dimension] += 1
            if self._place[dimension] < self._sizes[dimension] or not dimension:
                return
            self._place[dimension] = 0


def _first(text: str) -> int:
    number = _NUMBERS.search(text)
    return int(number[0]) if number else 0


def _rows(rows: dict[int | str, Any], dimensions: int) -> list[Any] | dict[int | str, Any]:
    found = {number: _rows(row, dimensions - 1) for number, row in rows.items()} if dimensions > 1 else rows
    return list(found.values()) if list(found) == list(range(len(found))) else found
