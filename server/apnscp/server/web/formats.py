"""How pages write numbers and times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from flask import Flask

_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")


def add_filters(app: Flask) -> None:
    """Let templates use these functions."""
    app.jinja_env.filters |= {
        "size": size,
        "moment": moment,
        "day": day,
        "share": share,
        "as_choices": as_choices,
        "capitalize_first": capitalize_first,
    }


def as_choices(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return values as choices of a form that are called what they are."""
    return [(value, value) for value in values]


def size(count: float | None) -> str:
    """Return a number of bytes for people, such as ``1.5 GB``; no limit for None."""
    if count is None:
        return "no limit"
    value = float(count)
    for unit in _UNITS:
        if abs(value) < 1024 or unit == _UNITS[-1]:
            break
        value /= 1024
    return f"{value:.1f}".rstrip("0").rstrip(".") + f" {unit}"


def moment(ts: float | None) -> str:
    """Return a Unix time as date and time in UTC."""
    return "never" if ts is None else f"{datetime.fromtimestamp(ts, UTC):%Y-%m-%d %H:%M:%S} UTC"


def day(ts: float | None) -> str:
    """Return a Unix time as a date in UTC."""
    return "never" if ts is None else f"{datetime.fromtimestamp(ts, UTC):%Y-%m-%d}"


def share(part: float, whole: float | None) -> int:
    """Return the percentage that a part is of a whole, between 0 and 100; 0 where there is no limit."""
    return 0 if not whole else max(0, min(100, round(100 * part / whole)))


def capitalize_first(text: str) -> str:
    """Return a text with a capital at its start; the rest stays as it is, unlike with Jinja's `capitalize`."""
    return text[:1].upper() + text[1:]
