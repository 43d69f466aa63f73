"""Moments as people type them: a date, a time, or a span counted from now by the panel's clock."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any, Literal

from apnscp.core.clock import Clock
from apnscp.core.errors import Refused

_SPAN = re.compile(r"(\d+) ?(s|m|h|d|w|(?:second|minute|hour|day|week|month|year)s?)", re.IGNORECASE)
_LETTERS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read(text: str, clock: Clock, direction: Literal["future", "past"]) -> int:
    """Return the Unix time of a moment.

    text: a date or time, UTC unless it says otherwise, or a span such as "30 days" or 10m
    direction: whether a span lies ahead or behind
    Raises Refused for anything else.
    """
    import dateparser  # not needed by most commands, and slow to load

    wanted: Any = {
        "RELATIVE_BASE": clock.datetime().replace(tzinfo=None), "TIMEZONE": "UTC", "PREFER_DATES_FROM": direction,
    }  # fmt: skip
    parsed = dateparser.parse(_words(text.strip(), direction), languages=["en"], settings=wanted)
    if parsed is None:
        raise Refused('`%s\' is not a time; write "30 days" or a date such as 2030-12-31', text)
    return int(parsed.replace(tzinfo=parsed.tzinfo or UTC).timestamp())


def _words(text: str, direction: str) -> str:
    span = _SPAN.fullmatch(text)
    if not span:
        return text
    words = f"{span[1]} {_LETTERS.get(span[2].lower(), span[2])}"
    return f"in {words}" if direction == "future" else f"{words} ago"
