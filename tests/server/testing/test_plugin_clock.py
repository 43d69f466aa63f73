from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apnscp.server.testing import Done, EmulatedPanel

MARCH = 1_772_323_200.0
"""2026-03-01 at midnight UTC."""
DAY = 86_400


@pytest.mark.parametrize(
    "at", [MARCH, datetime(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 1), "2026-03-01"]
)
def test_the_clock_is_frozen_at_what_people_pass(panel: EmulatedPanel, at: Any) -> None:
    panel.clock.freeze(at)
    assert panel.clock.now() == MARCH


@pytest.mark.parametrize(
    ("by", "seconds"), [(90, 90), (timedelta(hours=2), 7200), ("30d", 30 * DAY), ("2 hours", 7200)]
)
def test_the_clock_is_advanced_by_what_people_pass(panel: EmulatedPanel, by: Any, seconds: int) -> None:
    panel.clock.freeze(MARCH)
    panel.clock.advance(by)
    assert panel.clock.now() == MARCH + seconds


@pytest.mark.parametrize("nonsense", [math.nan, math.inf, -1, "soon", 1e20])
def test_nonsense_leaves_the_clock_as_it_is(panel: EmulatedPanel, nonsense: Any) -> None:
    panel.clock.freeze(0)
    with pytest.raises(ValueError):
        panel.clock.freeze(nonsense)
    with pytest.raises(ValueError):
        panel.clock.advance(nonsense)
    assert panel.clock.now() == 0
    assert panel.client.common.whoami() == "admin"


def test_a_clock_shows_its_time_in_short(panel: EmulatedPanel) -> None:
    panel.clock.freeze("2026-03-01T12:30:05.5Z")
    assert repr(panel.clock) == "<PanelClock 2026-03-01 12:30:05 UTC, frozen>"
    panel.clock.run()
    assert repr(panel.clock).endswith(" UTC, running>")


def test_a_clock_that_runs_goes_on_running(panel: EmulatedPanel) -> None:
    panel.clock.freeze("2026-03-01")
    panel.clock.run()
    panel.clock.advance("1 day")
    assert MARCH + DAY <= panel.clock.now() < MARCH + 2 * DAY
    assert repr(panel.clock).endswith("running>")


def suspended_with_cleanup(panel: EmulatedPanel) -> None:
    panel.clock.freeze("2026-03-01")
    panel.client.scope.set("opcenter.account-cleanup", "30 days")
    panel.seed("late.test", suspended=True)


def test_turning_the_clock_past_the_time_of_a_job_does_the_job(panel: EmulatedPanel) -> None:
    suspended_with_cleanup(panel)
    assert panel.clock.advance("29 days") == [Done("account-cleanup", [], [])]
    assert panel.client.admin.get_domains() == {1: "late.test"}
    assert panel.clock.advance("23 hours") == []
    (done,) = panel.clock.advance("2 hours")
    assert done.lines == ["site1 (late.test), suspended 2026-03-01, deleted"]
    assert panel.client.admin.get_domains() == {}


def test_turning_the_clock_back_does_no_job(panel: EmulatedPanel) -> None:
    suspended_with_cleanup(panel)
    panel.clock.advance("10 days")
    assert panel.clock.advance("-5 days") == []
    assert panel.clock.advance("23 hours") == []
    assert [job.name for job in panel.clock.advance("1 hour")] == ["account-cleanup"]


def test_jobs_may_be_done_at_any_time(panel: EmulatedPanel) -> None:
    suspended_with_cleanup(panel)
    assert panel.run_jobs() == [Done("account-cleanup", [], [])]
    panel.clock.advance("20 days")
    panel.client.scope.set("opcenter.account-cleanup", "10 days")
    (done,) = panel.run_jobs()
    assert done.lines == ["site1 (late.test), suspended 2026-03-01, deleted"]
