"""Moments and spans of time as people write them in a program."""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

Moment = datetime | date | str | float
"""A datetime (without a time zone: UTC), a date (its first second in UTC), ISO text of either, or Unix seconds."""
Span = timedelta | str | float
"""A timedelta, text such as ``30d``, ``2 hours`` or ``1 month``, or seconds; a negative one goes back."""

LATEST = 253_370_764_800.0
"""The last moment that is taken, the end of the year 9998: figures look a month or two ahead."""

_SECONDS = {
    "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hour": 3600, "d": 86_400, "day": 86_400,
    "w": 604_800, "week": 604_800,
}  # fmt: skip
_MONTHS = {"month": 1, "year": 12}
_PART = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)\s*([a-z]+?)s?(?![a-z])[\s,]*(?:and\s+)?", re.ASCII | re.IGNORECASE)


def unix(at: Moment) -> float:
    """Return a moment as Unix seconds.

    Raises ValueError for text that is no moment, for nan, and for what is not from 1970 to 9998; TypeError for any other
    kind of value.
    """
    return _within(_seconds(at), at)


def moved(now: float, by: Span) -> float:
    """Return the moment that lies a span after another; both are Unix seconds.

    A month or a year goes to the same day by the calendar, or to the last day of a month that has no such day.
    Raises ValueError for text that is no span, for nan, and where the result is not from 1970 to 9998; TypeError for any
    other kind of value.
    """
    if isinstance(by, timedelta):
        return _within(now + by.total_seconds(), by)
    if isinstance(by, str):
        return _within(_moved_by_text(now, by), by)
    if isinstance(by, bool) or not isinstance(by, int | float):
        raise TypeError(f"A span is a number of seconds, a timedelta, or text such as '30d', not {by!r}")
    return _within(now + (math.inf if abs(by) > LATEST else by), by)


def _seconds(at: Moment) -> float:
    if isinstance(at, str):
        return _read(at)
    if isinstance(at, datetime):
        return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).timestamp()
    if isinstance(at, date):
        return datetime(at.year, at.month, at.day, tzinfo=UTC).timestamp()
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise TypeError(f"A moment is a datetime, a date, ISO text or a Unix time in seconds, not {at!r}")
    return math.inf if abs(at) > LATEST else float(at)


def _read(text: str) -> float:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(
            f"`{text[:64]}' is not a moment; write 2026-03-01, 2026-03-01T12:00 or 2026-03-01T12:00Z"
        ) from None
    return _seconds(found)


def _moved_by_text(now: float, text: str) -> float:
    words = text.strip()
    sign = -1 if words.startswith("-") else 1
    rest, moment = words.lstrip("+-").lstrip(), now
    if not rest or len(words) - len(words.lstrip("+-")) > 1:
        raise _no_span(text)
    while rest:
        part = _PART.match(rest)
        if part is None:
            raise _no_span(text)
        moment = _moved_by_unit(moment, sign * float(part[1]), part[2].lower(), text)
        rest = rest[part.end() :]
    return moment


def _moved_by_unit(moment: float, count: float, unit: str, text: str) -> float:
    if unit in _SECONDS:
        return moment + count * _SECONDS[unit]
    if unit not in _MONTHS or not count.is_integer() or not abs(count) < 120_000:
        raise _no_span(text)
    return _moved_by_months(_within(moment, text), int(count) * _MONTHS[unit], text)


def _moved_by_months(moment: float, months: int, text: str) -> float:
    begin = datetime.fromtimestamp(moment, UTC)
    years, month = divmod(begin.month - 1 + months, 12)
    year = begin.year + years
    if not 1970 <= year <= 9998:
        raise _outside(text)
    day = min(begin.day, monthrange(year, month + 1)[1])
    return begin.replace(year=year, month=month + 1, day=day).timestamp()


def _within(seconds: float, given: object) -> float:
    if math.isnan(seconds):
        raise ValueError("nan is not a number of seconds")
    if not 0 <= seconds < LATEST:
        raise _outside(given)
    return seconds


def _outside(given: object) -> ValueError:
    shown = given[:64] if isinstance(given, str) else str(given)[:64]
    return ValueError(f"`{shown}' leads out of the years 1970 to 9998, in which a panel's clock may stand")


def _no_span(text: str) -> ValueError:
    return ValueError(f"`{text[:64]}' is not a span of time; write 90s, 30d, 2 hours, 1 month or 1 day 12 hours")
