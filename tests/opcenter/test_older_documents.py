"""Accounts that an older program kept, without the services of today (docs/fidelity.md, "Sites")."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.sites.tables import site_table
from apnscp.server.testing import EmulatedPanel


def age(panel: EmulatedPanel, **more: Any) -> None:
    """Make the only account look as an older program kept it; `more` are services that nobody knows today."""
    with panel.inside() as ctx:
        held = dict(ctx.db.execute(select(site_table.c.doc)).scalar_one())
        del held["shield"]
        held["cgroup"] = {name: value for name, value in held["cgroup"].items() if name != "delegator"}
        ctx.db.execute(update(site_table).values(doc=held | more))


def test_what_is_new_has_its_default(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("admin:add-site", "a.example", "ada")
    age(panel)
    whole = panel.call("admin:collect", None)["site1"]
    assert [name for name in whole if name in SERVICES] == list(SERVICES)
    assert whole["shield"] == {"version": 3.1, "enabled": 1}
    assert whole["cgroup"]["delegator"] is None
    assert panel.call("admin:get-meta-from-domain", "a.example", "shield", "enabled") == 1
    row = panel.call("admin:collect", ["shield.enabled", "cgroup.delegator"], {"shield.enabled": 1})["site1"]
    assert (row["shield"], row["cgroup"]) == ({"enabled": 1}, {"delegator": None})
    assert panel.call("admin:collect", ["siteinfo.domain"], {"shield.enabled": 0}) == []


def test_an_edit_keeps_the_document_complete_and_what_nobody_knows(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    age(panel, java={"version": 3.1, "enabled": 1})
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 4310.55, "diskquota.units": "G"})
    with panel.inside() as ctx:
        kept = ctx.db.execute(select(site_table.c.doc)).scalar_one()
    assert kept["shield"] == {"version": 3.1, "enabled": 1}
    assert kept["java"] == {"version": 3.1, "enabled": 1}
    assert (kept["diskquota"]["quota"], kept["diskquota"]["units"]) == (4310.55, "GB")


def test_a_change_of_plan_works_on_an_older_document(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    age(panel)
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    assert panel.call("admin:get-meta-from-domain", "a.example", "siteinfo", "plan") == "pro"
