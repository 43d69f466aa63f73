from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.usage import figures

MEGABYTE = 1024**2


def test_use_stands_beside_the_limit(each_two: Any) -> None:
    two = each_two
    two.panel.call("admin:edit-site", "site1", {"cgroup.memory": 1024, "cgroup.cpu": 3000, "cgroup.proclimit": 50})
    with two.panel.inside() as ctx:
        figures.put(ctx.db, 1, {"memory": 300 * MEGABYTE, "cpu": 3100, "procs": 12})
    assert two("cgroup:get-usage", "memory") == {
        "used": 300 * MEGABYTE, "limit": 1024 * MEGABYTE, "free": 724 * MEGABYTE,
    }  # fmt: skip
    assert two("cgroup:get-usage", "cpu") == {"used": 3100, "limit": 3000, "free": 0}
    assert two("cgroup:get-usage", "cpuacct", session=two.ann) == {"used": 3100, "limit": 3000, "free": 0}
    assert two("cgroup:get-usage", "pids") == {"used": 12, "limit": 50, "free": 38}
    assert two.panel.call("admin:get-usage", "cgroup", ["site1"])["site1"]["pids"]["used"] == 12


def test_without_a_limit_nothing_is_free_or_not(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"cgroup.proclimit": None})
    row = two("cgroup:get-usage", "pids")
    assert (row["limit"], row["free"]) == (None, None)


def test_the_administrator_sees_the_sum_of_all_accounts(each_two: Any) -> None:
    two = each_two
    with two.panel.inside() as ctx:
        figures.put(ctx.db, 1, {"procs": 12})
        figures.put(ctx.db, 2, {"procs": 30})
    assert two.panel.call("cgroup:get-usage", "pids") == {"used": 42, "limit": None, "free": None}
    two.panel.call("admin:edit-site", "site2", {"cgroup.enabled": 0})
    assert two.panel.call("cgroup:get-usage", "pids") == {"used": 12, "limit": None, "free": None}


def test_rows_of_usage_have_null_where_there_is_no_limit(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"cgroup.memory": None, "cgroup.cpu": None, "cgroup.proclimit": None})
    row = two.panel.call("admin:get-usage", "cgroup")["site1"]
    assert [row[name]["threshold"] for name in ("cpu", "memory", "pids")] == [None, None, None]


def test_rows_of_usage_are_zero_for_an_account_without_a_control_group(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"cgroup.enabled": 0})
    nothing = {"used": 0, "threshold": None}
    rows = two.panel.call("admin:get-usage", "cgroup")
    assert rows["site1"] == {"cpu": nothing, "memory": nothing, "pids": nothing}
    assert rows["site2"]["memory"]["threshold"] == 512 * MEGABYTE


@pytest.mark.parametrize("controller", ["blkio", "moon", ""])
def test_a_controller_without_figures_is_refused(two: Any, controller: str) -> None:
    text = two.fault("cgroup:get-usage", controller)
    assert text == f"No figures for controller `{controller}'; there are some for cpu, cpuacct, memory, pids"


def test_limits_are_the_service_without_switch_and_version(two: Any) -> None:
    limits = two("cgroup:get-limits")
    assert limits["memory"] == 512
    assert not {"enabled", "version"} & set(limits)


def test_without_the_service_there_is_no_group(two: Any) -> None:
    assert two("cgroup:enabled") is True
    assert two("cgroup:get-cgroup") == "site1"
    assert two("cgroup:get-cgroup", session=two.bob) == "site2"
    two.panel.call("admin:edit-site", "site1", {"cgroup.enabled": 0})
    assert two("cgroup:enabled") is False
    assert two("cgroup:get-cgroup") is None
    assert two("cgroup:get-limits") == []
    assert two("cgroup:get-usage", "memory") == []


def test_the_administrator_is_in_no_group(two: Any) -> None:
    assert two.panel.call("cgroup:enabled") is True
    assert two.panel.call("cgroup:get-cgroup") is None
    assert two.panel.call("cgroup:get-limits") == []
    assert two.panel.call("cgroup:get-controllers") == ["memory", "cpu", "cpuacct", "pids", "blkio"]
