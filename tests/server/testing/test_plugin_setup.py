from __future__ import annotations

import pytest

from apnscp.core.errors import Refused
from apnscp.server.testing import EmulatedPanel


def test_a_plan_of_a_test_is_a_plan_to_every_call(panel: EmulatedPanel) -> None:
    assert panel.plan("gold", {"diskquota.quota": 5000}, base="pro") == "gold"
    assert panel.client.admin.list_plans() == ["basic", "gold", "pro"]
    plan, base = panel.client.admin.get_plan("gold"), panel.client.admin.get_plan("pro")
    assert plan["diskquota"]["quota"] == 5000
    assert plan["bandwidth"] == base["bandwidth"]
    panel.seed("a.test", plan="gold")
    assert panel.client.admin.collect(["diskquota.quota"])["site1"]["diskquota"] == {"quota": 5000}


@pytest.mark.parametrize(
    ("name", "options", "base", "told"),
    [
        ("pro", {}, None, "Plan `pro' exists"),
        ("a/b", {}, None, "`a/b' is not a valid name for a plan"),
        ("gold", {}, "silver", "Unknown plan `silver'"),
        ("gold", {"diskquota.quota": "much"}, None, "diskquota,quota"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    panel: EmulatedPanel, name: str, options: dict[str, object], base: str | None, told: str
) -> None:
    with pytest.raises(Refused) as caught:
        panel.plan(name, options, base=base)
    assert told in caught.value.text
    assert panel.client.admin.list_plans() == ["basic", "pro"]


def test_usage_is_what_a_test_says(panel: EmulatedPanel) -> None:
    panel.seed("a.test")
    panel.usage("a.test", storage="3GB", bandwidth=11_000, inodes=77)
    row = panel.client.admin.get_usage("storage")["site1"]
    assert (row["qused"], row["fused"]) == (3 * 1024**2, 77)
    assert panel.client.admin.get_usage("bandwidth")["site1"]["sum"] == 11_000
    panel.usage("site1", bandwidth_out=500)
    assert panel.client.admin.get_usage("bandwidth")["site1"]["sum"] == 1_500
    assert panel.client.admin.get_usage("storage")["site1"]["qused"] == 3 * 1024**2


def test_usage_of_bandwidth_begins_anew_with_the_cycle(panel: EmulatedPanel) -> None:
    panel.clock.freeze("2026-03-05")
    panel.seed("a.test")
    panel.usage("a.test", bandwidth="1GB")
    panel.clock.advance("1 month")
    assert panel.client.admin.get_usage("bandwidth")["site1"]["sum"] == 0


@pytest.mark.parametrize(
    ("site", "values", "told"),
    [
        ("nowhere.test", {"storage": 1}, "Unknown site `nowhere.test'"),
        ("a.test", {"storage": "much"}, "`much' is not a size; write 3GB, 500MB or a number of bytes"),
        ("a.test", {"storage": -1}, "`-1' is not a size"),
        ("a.test", {"inodes": 1.5}, "`1.5' is not a whole number from 0"),
        ("a.test", {"bandwidth": 1, "bandwidth_in": 1}, "Give a bandwidth, or what came in and what went out"),
    ],
)
def test_usage_that_cannot_be_is_refused(panel: EmulatedPanel, site: str, values: dict[str, object], told: str) -> None:
    panel.seed("a.test")
    with pytest.raises(Refused) as caught:
        panel.usage(site, **values)  # type: ignore[arg-type]
    assert caught.value.text.startswith(told)


def test_setting_a_panel_up_leaves_no_calls(panel: EmulatedPanel) -> None:
    panel.seed("a.test")
    panel.plan("gold")
    panel.usage("a.test", storage="3GB")
    panel.run_jobs()
    assert panel.calls() == []
