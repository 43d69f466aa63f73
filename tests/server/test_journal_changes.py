"""What a call did, as the journal tells it."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import reading
from apnscp.server.testing import EmulatedPanel


def last(panel: EmulatedPanel) -> Any:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        return db.execute(select(journal_table).order_by(journal_table.c.id.desc()).limit(1)).one()


def changes(panel: EmulatedPanel) -> list[list[Any]]:
    return json.loads(last(panel).changes or "[]")  # type: ignore[no-any-return]


def test_an_edit_tells_each_parameter_before_and_after(each_panel: EmulatedPanel) -> None:
    each_panel.seed("example.com", **{"diskquota.quota": 1000})
    each_panel.call("admin:edit-site", "example.com", {"diskquota.quota": 500, "billing.invoice": "I-1"})
    assert changes(each_panel) == [
        ["site1 (example.com)", "billing,invoice", None, "I-1"],
        ["site1 (example.com)", "diskquota,quota", 1000, 500],
    ]
    assert last(each_panel).touched == " 1 "


def test_a_new_site_tells_how_it_differs_from_its_plan(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob", {"siteinfo.plan": "basic", "billing.invoice": "I-1"})
    found = changes(panel)
    assert found[0] == ["site1 (example.com)", "site", None, "added on plan basic"]
    assert ["site1 (example.com)", "billing,invoice", None, "I-1"] in found
    assert ["site1 (example.com)", "siteinfo,admin_user", None, "bob"] in [[*one[:2], None, one[3]] for one in found]


def test_suspension_activation_and_deletion_are_told(panel: EmulatedPanel) -> None:
    panel.clock.freeze("2026-03-01")
    panel.seed("example.com", plan="basic")
    panel.call("admin:deactivate-site", "example.com", {"reason": "overdue"})
    assert changes(panel) == [
        ["site1 (example.com)", "suspended", None, "2026-03-01"],
        ["site1 (example.com)", "reason", None, "overdue"],
    ]
    panel.call("admin:activate-site", "example.com")
    assert changes(panel)[0] == ["site1 (example.com)", "suspended", "2026-03-01", None]
    panel.call("admin:delete-site", "example.com")
    assert [change[1:] for change in changes(panel)] == [
        ["site", "there", None],
        ["siteinfo,admin_user", "example-com", None],
        ["siteinfo,plan", "basic", None],
    ]


def test_what_was_rolled_back_is_no_change(panel: EmulatedPanel) -> None:
    panel.seed("example.com", "other.com")
    panel.fault("admin:edit-site", "example.com", {"aliases.aliases": ["other.com"], "diskquota.quota": 5})
    assert (last(panel).changes, last(panel).touched) == (None, None)
    panel.call("admin:edit-site", "example.com", {"diskquota.quota": 77}, {"dry-run": True})
    assert last(panel).changes is None


def test_a_call_whose_answer_a_rule_spoiled_tells_what_it_did(panel: EmulatedPanel) -> None:
    panel.seed("example.com")
    panel.fail("admin_edit_site", effect="fault-after")
    panel.fault("admin:edit-site", "example.com", {"diskquota.quota": 77})
    assert [change[1] for change in changes(panel)] == ["diskquota,quota"]


def test_parameters_that_rooms_change_by_themselves_are_told(panel: EmulatedPanel) -> None:
    panel.seed("example.com")
    session = panel.call("admin:hijack", "example.com")
    panel.call("common:set-email", "new@example.org", session=session)
    assert changes(panel)[-1][1::2] == ["siteinfo,email", "new@example.org"]


def test_a_new_password_is_told_without_the_password(panel: EmulatedPanel) -> None:
    panel.seed("example.com", admin="bob")
    panel.call("auth:change-password", "correct horse battery", "bob", "example.com")
    assert changes(panel) == [["user bob of site1", "password", "(hidden)", "(hidden)"]]


def test_the_outcome_of_a_group_call_says_which_sites_failed(each_panel: EmulatedPanel) -> None:
    each_panel.seed("a.com", "b.com", invoice="G-1")
    text = "site2 (b.com): aliases,aliases: `taken.com' is in use by another account; name a domain that is free"
    assert each_panel.call("admin:edit-site", "G-1", {"aliases.aliases": ["taken.com"]}, abort_on=None) is False
    kept = last(each_panel)
    assert (kept.outcome, kept.told) == (text, "answer")
    assert [change[0] for change in json.loads(kept.changes)] == ["site1 (a.com)"]
    assert each_panel.calls("admin:edit-site")[0].done is False
    assert each_panel.fault("admin:edit-site", "G-1", {"aliases.aliases": ["taken.com"]}) == text
    assert last(each_panel).outcome == text


def test_a_call_over_many_sites_tells_of_the_first_two_hundred(panel: EmulatedPanel) -> None:
    panel.seed(210, invoice="G-1")
    panel.call("admin:deactivate-site", "G-1", {"reason": "overdue"})
    found = changes(panel)
    assert (len(found), found[-1]) == (401, ["further things", "number", None, 10])


def test_the_way_in_is_kept(panel: EmulatedPanel) -> None:
    panel.seed("example.com", admin="bob")
    panel.call("common:whoami")
    assert (last(panel).gate, last(panel).session_row, last(panel).key_id, last(panel).abort_on) == (
        "SOAP",
        None,
        1,
        "error",
    )
    session = panel.call("admin:hijack", "example.com", None, "UI")
    panel.call("common:whoami", session=session, abort_on=None)
    assert (last(panel).gate, last(panel).session_row, last(panel).abort_on) == ("UI", 1, None)
