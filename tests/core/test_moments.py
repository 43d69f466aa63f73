from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from apnscp.core.moments import moved, unix

MARCH = 1_772_323_200.0
"""2026-03-01 at midnight UTC."""
JANUARY_31 = 1_769_817_600.0
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("at", "seconds"),
    [
        (0, 0.0),
        (1_772_323_200, MARCH),
        (1_772_323_200.25, MARCH + 0.25),
        (datetime(2026, 3, 1), MARCH),
        (datetime(2026, 3, 1, tzinfo=UTC), MARCH),
        (datetime(2026, 3, 1, 1, tzinfo=timezone(timedelta(hours=1))), MARCH),
        (date(2026, 3, 1), MARCH),
        ("2026-03-01", MARCH),
        (" 2026-03-01 01:30 ", MARCH + 1.5 * HOUR),
        ("2026-03-01T00:00:00Z", MARCH),
        ("2026-03-01T01:00+01:00", MARCH),
    ],
)
def test_a_moment_may_be_a_datetime_a_date_iso_text_or_seconds(at: Any, seconds: float) -> None:
    assert unix(at) == seconds


@pytest.mark.parametrize(
    "at", [math.nan, math.inf, -math.inf, -1, 1e300, 10**400, datetime.max, datetime.min, date.max]
)
def test_what_no_clock_can_show_is_no_moment(at: Any) -> None:
    with pytest.raises(ValueError, match=r"nan is not a number of seconds|leads out of the years 1970 to 9998"):
        unix(at)


@pytest.mark.parametrize("text", ["", "now", "tomorrow", "1767225600", "2026-13-01", "30d"])
def test_text_that_is_not_iso_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a moment; write 2026-03-01, 2026-03-01T12:00 or 2026-03-01T12:00Z$"):
        unix(text)


@pytest.mark.parametrize("at", [None, True, b"2026", [2026], {}])
def test_a_value_of_another_kind_is_no_moment(at: Any) -> None:
    with pytest.raises(TypeError, match="^A moment is a datetime, a date, ISO text or a Unix time in seconds, not "):
        unix(at)


@pytest.mark.parametrize(
    ("by", "seconds"),
    [
        (90, 90),
        (0.5, 0.5),
        (-90, -90),
        (timedelta(days=2, minutes=1), 2 * DAY + 60),
        ("90s", 90),
        ("5m", 300),
        ("5 min", 300),
        ("2 hours", 2 * HOUR),
        ("30d", 30 * DAY),
        ("1.5 days", 1.5 * DAY),
        ("2 weeks", 14 * DAY),
        ("1h30m", 1.5 * HOUR),
        ("1 day, 2 hours and 5 minutes", DAY + 2 * HOUR + 300),
        ("-2 Hours", -2 * HOUR),
        ("1 month", 28 * DAY),
        ("-1 month", -31 * DAY),
        ("1 year", 365 * DAY),
        ("1 month 1 day", 29 * DAY),
    ],
)
def test_a_span_may_be_seconds_a_timedelta_or_text(by: Any, seconds: float) -> None:
    assert moved(JANUARY_31, by) - JANUARY_31 == seconds


@pytest.mark.parametrize(
    "text", ["", "-", "--1d", "5", "d", "30 days ago", "1.5 months", "3 fortnights", "1d x", "1 d-2h"]
)
def test_text_without_amount_and_unit_is_no_span(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a span of time; write 90s, 30d, 2 hours, 1 month or 1 day 12 hours$"):
        moved(MARCH, text)


@pytest.mark.parametrize(
    "by", [math.nan, math.inf, 1e300, -(10**400), timedelta.max, timedelta.min, "9000 years", "99999999999 days"]
)
def test_a_span_never_leads_out_of_the_years_of_a_clock(by: Any) -> None:
    with pytest.raises(ValueError, match=r"nan is not a number of seconds|leads out of the years 1970 to 9998"):
        moved(MARCH, by)


@pytest.mark.parametrize("by", [None, True, [1]])
def test_a_value_of_another_kind_is_no_span(by: Any) -> None:
    with pytest.raises(TypeError, match="^A span is a number of seconds, a timedelta, or text such as '30d', not "):
        moved(MARCH, by)
