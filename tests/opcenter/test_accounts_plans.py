from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from apnscp.opcenter.plans.library import Plans
from apnscp.server.testing import EmulatedPanel


@pytest.fixture(autouse=True)
def site(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"billing.invoice": "I-1"})


def values(panel: EmulatedPanel) -> tuple[Any, ...]:
    names = ["siteinfo.plan", "diskquota.quota", "bandwidth.threshold", "users.max"]
    row = panel.call("admin:collect", names)["site1"]
    return row["siteinfo"]["plan"], row["diskquota"]["quota"], row["bandwidth"]["threshold"], row["users"]["max"]


def test_a_change_of_plan_moves_what_nobody_changed_and_leaves_the_rest(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 5000})
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    assert values(panel) == ("pro", 5000, 500, None)
    panel.call("admin:edit-site", "site1", {}, {"plan": "basic"})
    assert values(panel) == ("basic", 5000, 50, 500)


def test_a_value_of_the_same_call_wins_over_the_plan(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro", "diskquota.quota": 7})
    assert values(panel) == ("pro", 7, 500, None)


@pytest.mark.parametrize(
    ("options", "flags"),
    [
        ({"siteinfo.plan": "pro"}, {"reset": True}),
        ({"siteinfo.plan": "pro"}, {"reset": "true"}),
        ({"siteinfo.plan": "pro"}, ["reset"]),
        ({"siteinfo.plan": "pro", "0": {"reset": True}}, []),
        ({}, {"plan": "pro", "reset": 1}),
    ],
)
def test_reset_with_a_plan_puts_every_unprotected_value_on_it(panel: EmulatedPanel, options: Any, flags: Any) -> None:
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 5000, "users.max": 3, "aliases.aliases": ["x.example"]})
    panel.call("admin:edit-site", "site1", options, flags)
    assert values(panel) == ("pro", 20000, 500, None)
    row = panel.call("admin:collect")["site1"]
    assert row["aliases"]["aliases"] == ["x.example"]
    assert row["billing"]["invoice"] == "I-1"
    assert row["siteinfo"]["admin_user"] == "ada"


def test_reset_that_is_false_resets_nothing(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 5000})
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "basic"}, {"reset": "false"})
    assert values(panel)[1] == 5000


def test_reset_without_a_plan_leaves_what_the_plan_has_as_null_or_list(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    options = {"diskquota.quota": 5, "users.max": 3, "rampart.whitelist": ["192.0.2.1"], "cgroup.memory": 1}
    panel.call("admin:edit-site", "site1", options)
    panel.call("admin:edit-site", "site1", {}, {"reset": True})
    assert values(panel) == ("pro", 20000, 500, 3)
    row = panel.call("admin:collect", ["rampart.whitelist", "cgroup.memory"])["site1"]
    assert (row["rampart"]["whitelist"], row["cgroup"]["memory"]) == (["192.0.2.1"], 2048)


def test_the_plan_named_default_is_the_default_plan(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "DEFAULT"})
    assert values(panel)[0] == "basic"


@pytest.fixture
def orphan(panel: EmulatedPanel, tmp_path: Path) -> None:
    """Leave the site on a plan that was removed."""
    Plans((tmp_path / "plans",)).create("gone", values={"diskquota": {"quota": 9}})
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "gone"})
    shutil.rmtree(tmp_path / "plans" / "gone")


@pytest.mark.usefixtures("orphan")
def test_a_site_whose_plan_was_removed_can_be_edited_and_keeps_its_name(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"users.max": 4})
    assert panel.messages == ()
    assert values(panel) == ("gone", 9, 50, 4)


@pytest.mark.usefixtures("orphan")
def test_a_site_whose_plan_was_removed_moves_with_a_warning(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    assert panel.messages[0] == (
        "warning",
        "site1 (a.example): its plan `gone' no longer exists; values that equal the default plan's move",
    )
    assert values(panel) == ("pro", 9, 500, None)


@pytest.mark.usefixtures("orphan")
def test_a_site_whose_plan_was_removed_resets_only_to_a_named_plan(panel: EmulatedPanel) -> None:
    text = panel.fault("admin:edit-site", "site1", {}, {"reset": True})
    assert text == "site1 (a.example): its plan `gone' no longer exists; name another with siteinfo,plan"
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "basic"}, {"reset": True})
    assert values(panel) == ("basic", 4000, 50, 500)
