"""docs/integrate.md, "Change limits": units of limits and figures, and what lifts a limit."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel


def test_limits_and_figures_have_the_units_of_the_page(panel: EmulatedPanel) -> None:
    panel.seed("example.com")
    lifted = {"diskquota.quota": None, "diskquota.fquota": None, "bandwidth.threshold": None}
    panel.call("admin:edit-site", "example.com", {"diskquota.quota": 3, "diskquota.units": "MB", "diskquota.fquota": 7})
    row = panel.call("admin:get-usage", "storage")["site1"]
    assert (row["qsoft"], row["qhard"], row["fsoft"], row["fhard"]) == (3 * 1024, 3 * 1024, 7, 7)
    panel.call("admin:edit-site", "example.com", {"bandwidth.threshold": 3, "bandwidth.units": "KB"})
    assert panel.call("admin:get-usage", "bandwidth")["site1"]["threshold"] == 3 * 1024
    panel.call("admin:edit-site", "example.com", lifted)
    row = panel.call("admin:get-usage", "storage")["site1"]
    assert (row["qsoft"], row["qhard"], row["fsoft"], row["fhard"]) == (0, 0, 0, 0)
    assert panel.call("admin:get-usage", "bandwidth")["site1"]["threshold"] == -1
    with panel.as_site("example.com") as site:
        assert site.site.get_bandwidth_usage()["total"] == -1


@pytest.mark.parametrize("parameter", ["diskquota.quota", "bandwidth.threshold", "users.max", "aliases.max"])
@pytest.mark.parametrize("value", [-1, "unlimited"])
def test_only_null_lifts_a_limit(parameter: str, value: object, panel: EmulatedPanel) -> None:
    panel.seed("example.com")
    assert parameter.replace(".", ",") in panel.fault("admin:edit-site", "example.com", {parameter: value})
    assert panel.call("admin:edit-site", "example.com", {parameter: None}) is True
