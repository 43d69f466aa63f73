"""Pages of long lists: which one is asked for, and the addresses of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

SIZE = 50


@dataclass(frozen=True)
class Pages:
    """Where in a list a page is.

    number: of the page, from 1; total: entries on all pages; query: what its address says besides the page
    """

    number: int
    total: int
    query: Mapping[str, str]

    @property
    def last(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.total // SIZE))

    @property
    def first_entry(self) -> int:
        """Return the number of the first entry on the page, from 1."""
        return min(self.total, (self.number - 1) * SIZE + 1)

    @property
    def last_entry(self) -> int:
        """Return the number of the last entry on the page."""
        return min(self.total, self.number * SIZE)

    def address(self, number: int) -> str:
        """Return the address of another page."""
        return f"{request.path}?{urlencode({**self.query, 'page': number})}"


def asked() -> int:
    """Return the number of the page that is asked for; 1 where it is no number."""
    text = request.args.get("page", "1")
    return min(max(1, int(text)), 10**6) if text.isascii() and text.isdecimal() and len(text) < 8 else 1


def offset(number: int) -> int:
    """Return how many entries come before a page."""
    return (number - 1) * SIZE
