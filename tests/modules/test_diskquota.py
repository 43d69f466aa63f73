from __future__ import annotations

from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel


def test_a_project_is_made_limited_and_shared(each_two: Any) -> None:
    panel = each_two.panel
    assert panel.call("diskquota:project-create", "gold") is True
    assert panel.call("diskquota:project-get", "gold") == {"name": "gold", "blocks": 0, "inodes": 0, "sites": []}
    assert panel.call("diskquota:project-set", "gold", 10_485_760, "5000") is True
    panel.call("admin:edit-site", "site2", {"diskquota.group": "gold"})
    expected = {"name": "gold", "blocks": 10_485_760, "inodes": 5000, "sites": ["site2"]}
    assert panel.call("diskquota:project-get", "gold") == expected
    assert each_two("site:get-account-quota", session=each_two.bob)["dynamic"] is True
    assert "dynamic" not in each_two("site:get-account-quota")


def test_a_name_is_taken_once(panel: EmulatedPanel) -> None:
    panel.call("diskquota:project-create", "gold")
    assert panel.fault("diskquota:project-create", "gold").startswith("Project `gold' exists already")


@pytest.mark.parametrize("name", ["", "1st", "a b", "../x", "x" * 33])
def test_what_cannot_be_a_name_is_refused(panel: EmulatedPanel, name: str) -> None:
    assert "is not a valid name for a project" in panel.fault("diskquota:project-create", name)


def test_an_unknown_project_is_refused(panel: EmulatedPanel) -> None:
    assert panel.fault("diskquota:project-get", "gold") == "Unknown project `gold'; diskquota:project-create makes one"
    panel.call("diskquota:project-create", "silver")
    assert panel.fault("diskquota:project-set", "gold", 1, 1) == "Unknown project `gold'; there are silver"


def test_limits_are_not_negative(panel: EmulatedPanel) -> None:
    panel.call("diskquota:project-create", "gold")
    assert panel.fault("diskquota:project-set", "gold", -1, 0) == "blocks must be 0 (no limit) or more, not `-1'"
    assert panel.fault("diskquota:project-set", "gold", 0, -2) == "inodes must be 0 (no limit) or more, not `-2'"
    assert panel.call("diskquota:project-get", "gold")["blocks"] == 0


@pytest.mark.parametrize("method", ["project-create", "project-get"])
def test_projects_are_the_administrators(two: Any, method: str) -> None:
    assert "not present" in two.fault(f"diskquota:{method}", "gold")
