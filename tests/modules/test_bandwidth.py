from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

DAY = 86_400
JANUARY = 1_767_225_600
"""2026-01-01 00:00 UTC, begin of the cycle in which the accounts were made."""
FEBRUARY, MARCH, APRIL = JANUARY + 31 * DAY, JANUARY + 59 * DAY, JANUARY + 90 * DAY


def test_cycles_run_from_the_making_of_the_account_to_the_present_one(each_two: Any) -> None:
    two = each_two
    assert two("bandwidth:get-cycle-periods") == [{"begin": JANUARY, "end": FEBRUARY}]
    two.panel.clock.freeze(MARCH + 3 * DAY)
    two.alice = two.panel.call("admin:hijack", "alpha.test")
    assert two("bandwidth:get-cycle-periods") == [
        {"begin": JANUARY, "end": FEBRUARY},
        {"begin": FEBRUARY, "end": MARCH},
        {"begin": MARCH, "end": APRIL},
    ]
    assert two("site:get-bandwidth-rollover") == APRIL


def test_months_days_and_services_add_up_to_the_same_transfer(two: Any) -> None:
    two.panel.clock.freeze(FEBRUARY + 9 * DAY + 7)
    two.alice = two.panel.call("admin:hijack", "alpha.test")
    used = two("site:get-bandwidth-usage")["used"]
    months = two("bandwidth:get-all-composite-bandwidth-data")
    assert [(row["begin"], row["end"]) for row in months] == [(JANUARY, FEBRUARY), (FEBRUARY, MARCH)]
    assert months[1]["in_bytes"] + months[1]["out_bytes"] == used
    days = two("bandwidth:get-all-composite-bandwidth-data", "day")
    assert len(days) == 41
    for row in months:
        within = [day for day in days if row["begin"] <= day["begin"] < row["end"]]
        assert sum(day["in_bytes"] for day in within) == row["in_bytes"]
        assert sum(day["out_bytes"] for day in within) == row["out_bytes"]
    services = two("bandwidth:get-by-date", FEBRUARY)
    assert [row["svc_name"] for row in services] == ["http", "mail", "ftp"]
    assert {row["ext_info"] for row in services} == {"alpha.test"}
    assert sum(row["in"] + row["out"] for row in services) == used
    past = two("bandwidth:get-by-date", JANUARY, FEBRUARY)
    assert sum(row["out"] for row in past) == months[0]["out_bytes"]


def test_the_administrator_sees_the_same_transfer(two: Any) -> None:
    used = two("site:get-bandwidth-usage")["used"]
    assert two.panel.call("admin:get-usage", "bandwidth", ["site1"])["site1"]["sum"] == used


def test_services_that_are_off_have_no_transfer(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"ftp.enabled": 0})
    assert [row["svc_name"] for row in two("bandwidth:get-by-date", JANUARY)] == ["http", "mail"]


@pytest.mark.parametrize("begin", [0, "0", None, "", -5])
def test_a_time_to_begin_with_is_needed(two: Any, begin: object) -> None:
    assert two.fault("bandwidth:get-by-date", begin) == "No begin given; a Unix time is expected"


def test_times_must_be_numbers_in_order(two: Any) -> None:
    assert two.fault("bandwidth:get-by-date", "soon") == "Parameter `begin' must be a whole number; `soon' is not"
    assert two.fault("bandwidth:get-by-date", 200, 100) == "The end `100' lies before the begin `200'"


def test_another_grouping_is_refused(two: Any) -> None:
    text = two.fault("bandwidth:get-all-composite-bandwidth-data", "week")
    assert text == "Unknown grouping `week'; there are month and day"


def test_without_the_service_nothing_is_counted(two: Any) -> None:
    assert two("bandwidth:enabled") is True
    two.panel.call("admin:edit-site", "site1", {"bandwidth.enabled": 0})
    assert two("bandwidth:enabled") is False
    assert two("bandwidth:get-cycle-periods") == []
    assert two("bandwidth:get-all-composite-bandwidth-data", "day") == []
    assert two("bandwidth:get-by-date", JANUARY) == []
    assert two.panel.fault("bandwidth:amnesty", "site1").endswith("bandwidth,enabled is off")


def test_amnesty_forgives_the_running_cycle_of_one_account(each_two: Any) -> None:
    two = each_two
    others = two("site:get-bandwidth-usage", session=two.bob)
    assert two("site:get-bandwidth-usage")["used"] > 0
    assert two.panel.call("bandwidth:amnesty", "alpha.test") is True
    assert two("site:get-bandwidth-usage")["used"] == 0
    assert two.panel.call("admin:get-usage", "bandwidth")["site1"]["sum"] == 0
    assert two("site:get-bandwidth-usage", session=two.bob) == others


def test_only_the_administrator_forgives_and_only_accounts_that_exist(two: Any) -> None:
    assert "not present" in two.fault("bandwidth:amnesty", "alpha.test")
    assert two.panel.fault("bandwidth:amnesty", "nowhere.test").startswith("Unknown site `nowhere.test'")
    assert "not present" in two.panel.fault("bandwidth:get-cycle-periods")


def test_a_long_life_is_told_in_its_last_24_cycles(two: Any) -> None:
    two.panel.clock.freeze(JANUARY + 4_000 * DAY)
    two.alice = two.panel.call("admin:hijack", "alpha.test")
    periods = two("bandwidth:get-cycle-periods")
    assert len(periods) == 24
    assert all(earlier["end"] == later["begin"] for earlier, later in pairwise(periods))
