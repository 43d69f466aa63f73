from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.usage import figures
from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel

MASTER = "master-invoice-123"


@pytest.fixture(autouse=True)
def family(panel: EmulatedPanel) -> None:
    """Make a parent, two children and a stranger."""
    panel.call("admin:add-site", "parent.example", "parent", {"billing.invoice": MASTER})
    panel.call("admin:add-site", "one.example", "one", {"billing.parent_invoice": MASTER})
    panel.call("admin:add-site", "two.example", "two", {"billing,parent_invoice": MASTER, "billing.invoice": "own"})
    panel.call("admin:add-site", "stranger.example", "stranger", {"billing.invoice": "other"})


def quotas(panel: EmulatedPanel) -> list[Any]:
    rows = panel.call("admin:collect", ["diskquota.quota"])
    return [row["diskquota"]["quota"] for row in rows.values()]


def active(panel: EmulatedPanel) -> list[bool]:
    return [row["active"] for row in panel.call("admin:collect").values()]


def test_an_edit_by_invoice_acts_on_parent_and_children(panel: EmulatedPanel) -> None:
    assert panel.call("admin:edit-site", MASTER, {"diskquota.quota": 5000}) is True
    assert quotas(panel) == [5000, 5000, 5000, 4000]


def test_an_invoice_of_a_single_site_acts_on_it_alone(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "own", {"diskquota.quota": 5000})
    assert quotas(panel) == [4000, 4000, 5000, 4000]


def test_suspension_and_activation_act_on_the_group(panel: EmulatedPanel) -> None:
    panel.call("admin:deactivate-site", MASTER, {"reason": "overdue"})
    assert active(panel) == [False, False, False, True]
    panel.call("admin:activate-site", MASTER)
    assert active(panel) == [True, True, True, True]


def test_deletion_takes_the_group(panel: EmulatedPanel) -> None:
    panel.call("admin:delete-site", MASTER)
    assert panel.call("admin:get-domains") == {4: "stranger.example"}


def test_one_site_that_fails_leaves_the_others_done_and_is_named(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        figures.put(ctx.db, 2, {"storage": 3_000 * 1024})
    text = panel.fault("admin:edit-site", MASTER, {"diskquota.quota": 1000})
    assert text == (
        "site2 (one.example): diskquota,quota: 1000 MB is below what site2 (one.example) uses (3000 MB); "
        "the flag force permits it"
    )
    assert quotas(panel) == [1000, 4000, 1000, 4000]


def test_without_abort_on_a_failure_in_the_group_answers_false_and_reports_each(panel: EmulatedPanel) -> None:
    options = {"siteinfo.domain": "new.example"}
    assert panel.call("admin:edit-site", MASTER, options, abort_on=None) is False
    errors = [text for severity, text in panel.messages if severity == "error"]
    assert [text.partition(":")[0] for text in errors] == ["site2 (one.example)", "site3 (two.example)"]
    assert panel.call("admin:get-domains") == {
        1: "new.example", 2: "one.example", 3: "two.example", 4: "stranger.example",
    }  # fmt: skip


def test_what_a_failing_site_had_written_already_is_undone_before_the_next(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        people.add(ctx.db, 1, "carol", None, 0)
    text = panel.fault("admin:edit-site", MASTER, {"siteinfo.admin_user": "carol"})
    assert text.startswith("site1 (parent.example): siteinfo,admin_user: `carol' is a user of this account")
    rows = panel.call("admin:collect", ["siteinfo.admin_user"])
    assert [row["siteinfo"]["admin_user"] for row in rows.values()] == ["parent", "carol", "two", "stranger"]


def test_a_dry_run_on_a_group_announces_every_member(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", MASTER, {"diskquota.quota": 1}, ["dry-run"])
    assert [text for _, text in panel.messages] == [
        f"{label}: diskquota,quota would change from 4000 to 1"
        for label in ("site1 (parent.example)", "site2 (one.example)", "site3 (two.example)")
    ]
    assert quotas(panel) == [4000, 4000, 4000, 4000]


def test_an_invoice_that_looks_like_a_domain_never_hides_the_domain(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site2", {"billing.invoice": "stranger.example"})
    panel.call("admin:edit-site", "stranger.example", {"diskquota.quota": 7})
    assert quotas(panel) == [4000, 4000, 4000, 7]


def test_an_invoice_that_is_a_number_comes_before_the_site_of_that_number(panel: EmulatedPanel) -> None:
    panel.call("admin:edit-site", "site4", {"billing.invoice": "1"})
    panel.call("admin:edit-site", "1", {"diskquota.quota": 7})
    panel.call("admin:edit-site", "2", {"diskquota.quota": 8})
    assert quotas(panel) == [4000, 8, 4000, 7]


def test_a_method_for_one_site_takes_no_invoice(panel: EmulatedPanel) -> None:
    assert f"Unknown site `{MASTER}'" in panel.fault("admin:hijack", MASTER)


@pytest.mark.parametrize("name", ["site2", "SITE2", " site2 ", "2", "one.example", "ONE.example"])
def test_a_site_is_found_by_each_of_its_names(panel: EmulatedPanel, name: str) -> None:
    panel.call("admin:edit-site", name, {"diskquota.quota": 7})
    assert quotas(panel) == [4000, 7, 4000, 4000]


@pytest.mark.parametrize("name", ["site02", "site0", "site-1", "site99999999999", "0", "one", "MASTER-INVOICE-123"])
def test_what_is_no_name_of_a_site_finds_none(panel: EmulatedPanel, name: str) -> None:
    assert f"Unknown site `{name}'" in panel.fault("admin:edit-site", name, {"diskquota.quota": 7})
