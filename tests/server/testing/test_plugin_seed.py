from __future__ import annotations

import pytest

from apnscp.core.errors import Refused
from apnscp.opcenter.users import passwords, people
from apnscp.server.testing import EmulatedPanel


def collected(panel: EmulatedPanel, *fields: str) -> object:
    return panel.call("admin_collect", list(fields))


def test_a_number_adds_as_many_sites_under_names_that_are_the_same_each_time(panel: EmulatedPanel) -> None:
    assert panel.seed(2) == ["example1.test", "example2.test"]
    assert panel.seed(1, plan="pro") == ["example3.test"]
    assert panel.call("admin_collect", ["siteinfo.plan"], {"siteinfo.plan": "pro"}) == {
        "site3": {"domain": "example3.test", "active": True, "siteinfo": {"plan": "pro"}}
    }


def test_a_site_by_keywords(panel: EmulatedPanel) -> None:
    panel.seed(domain="a.test", admin="owner", plan="pro", email="me@a.test", invoice="INV-1", aliases=["www2.test"])
    assert collected(panel) == {
        "site1": {
            "domain": "a.test",
            "active": True,
            "siteinfo": {"email": "me@a.test", "admin_user": "owner"},
            "aliases": {"aliases": ["www2.test"]},
            "billing": {"invoice": "INV-1", "parent_invoice": None},
        }
    }


def test_domains_maps_and_lists_with_what_they_have_in_common(panel: EmulatedPanel) -> None:
    sites: list[str | dict[str, object]] = ["a.test", {"domain": "b.test", "invoice": "INV-2", "diskquota.quota": 50}]
    assert panel.seed(sites, "c.test", invoice="INV-1") == ["a.test", "b.test", "c.test"]
    rows = panel.call("admin_collect", ["billing.invoice", "diskquota.quota"])
    assert [row["billing"]["invoice"] for row in rows.values()] == ["INV-1", "INV-2", "INV-1"]
    assert rows["site2"]["diskquota"]["quota"] == 50


def test_a_suspended_site_with_its_reason(panel: EmulatedPanel) -> None:
    panel.seed("a.test", suspended="Invoice overdue")
    panel.seed("b.test", suspended=True)
    assert [row["active"] for row in panel.call("admin_collect").values()] == [False, False]
    panel.call("admin_delete_site", None, {"since": "now", "match": "overdue"})
    assert panel.call("admin_get_domains") == {2: "b.test"}


def test_a_seeded_password_is_the_password(panel: EmulatedPanel) -> None:
    panel.seed("a.test", admin="owner", password="Tr1cky & long")
    with panel.inside() as ctx:
        owner = people.require(ctx.db, 1, "owner")
    assert passwords.verify("Tr1cky & long", owner.password)


def test_administrators_are_named_after_their_domains(panel: EmulatedPanel) -> None:
    panel.seed("shop.example.com", "1st.test", f"{'x' * 40}.test")
    rows = panel.call("admin_collect", ["siteinfo.admin_user"])
    names = [row["siteinfo"]["admin_user"] for row in rows.values()]
    assert names == ["shop-example-com", "ue6bc399e-1st-test", "u64786420-xxxxxxxxxxxxxxxxxxxx"]


def test_seeding_leaves_no_calls(panel: EmulatedPanel) -> None:
    panel.seed(3)
    assert panel.calls() == []


def test_a_refused_seed_leaves_nothing(panel: EmulatedPanel) -> None:
    with pytest.raises(Refused, match=r"a\.test"):
        panel.seed("b.test", "a.test", "a.test")
    assert panel.call("admin_get_domains") == []


def test_a_site_that_is_none_is_an_error(panel: EmulatedPanel) -> None:
    with pytest.raises(TypeError, match=r"A site is a domain, a map or a number of sites, not 1\.5"):
        panel.seed(1.5)  # type: ignore[arg-type]
