from __future__ import annotations

from typing import Any

import pytest

from apnscp.core.clock import Clock
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records, suspension
from apnscp.server.testing import EmulatedPanel

NOON = 1_700_000_000  # 2023-11-14 22:13:20 UTC
DAY = 86_400


@pytest.fixture(autouse=True)
def site(panel: EmulatedPanel) -> None:
    panel.clock.freeze(NOON)
    panel.call("admin:add-site", "a.example", "ada")


def mark(panel: EmulatedPanel) -> tuple[int | None, str | None]:
    with panel.inside() as ctx:
        account = records.load(ctx.db, 1)
    return account.suspended_at, account.reason


@pytest.mark.parametrize(
    "flags", [{"reason": "overdue"}, ["reason=overdue"], {"--reason": "overdue"}, {0: "reason=overdue"}]
)
def test_a_suspension_has_a_date_and_a_reason(panel: EmulatedPanel, flags: Any) -> None:
    assert panel.call("admin:deactivate-site", "a.example", flags) is True
    assert mark(panel) == (NOON, "overdue")
    assert panel.call("admin:collect")["site1"]["active"] is False


def test_activation_takes_the_mark_away_and_is_harmless_for_an_active_site(panel: EmulatedPanel) -> None:
    panel.call("admin:deactivate-site", "site1", {"reason": "overdue"})
    for _ in range(2):
        assert panel.call("admin:activate-site", "site1") is True
        assert mark(panel) == (None, None)


def test_suspending_again_without_reason_keeps_date_and_reason(panel: EmulatedPanel) -> None:
    panel.call("admin:deactivate-site", "site1", {"reason": "overdue"})
    panel.clock.advance(DAY)
    panel.call("admin:deactivate-site", "site1")
    assert mark(panel) == (NOON, "overdue")


def test_suspending_again_with_a_reason_renews_both(panel: EmulatedPanel) -> None:
    panel.call("admin:deactivate-site", "site1", {"reason": "overdue"})
    panel.clock.advance(DAY)
    panel.call("admin:deactivate-site", "site1", {"reason": "spam"})
    assert mark(panel) == (NOON + DAY, "spam")


def test_hidden_lines_are_not_shown_to_the_customer(panel: EmulatedPanel) -> None:
    assert suspension.visible("Overdue\n# ticket 4711\n  ; internal\nCall us") == "Overdue\nCall us"
    assert suspension.visible(None) == ""


def test_an_unknown_template_is_refused_and_suspends_nobody(panel: EmulatedPanel) -> None:
    text = panel.fault("admin:deactivate-site", "site1", {"template": "../../etc/passwd"})
    assert "Unknown suspension template `../../etc/passwd'" in text
    assert mark(panel) == (None, None)


def test_a_template_gets_the_reason(tmp_path: Any) -> None:
    (tmp_path / "notice.txt").write_text("Closed: {reason}\n# by billing\n", "utf-8")
    for name in ("notice", "notice.txt"):
        assert suspension.from_template(name, "overdue", (tmp_path,)) == "Closed: overdue\n# by billing"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", NOON),
        ("30 days ago", NOON - 30 * DAY),
        ("30 days", NOON - 30 * DAY),
        ("last week", NOON - 7 * DAY),
        ("last month", NOON - 31 * DAY),
        ("2023-11-01", 1_698_796_800),
        (NOON - 5, NOON - 5),
        (str(NOON), NOON),
    ],
)
def test_time_expressions_count_from_panel_time(text: Any, moment: int) -> None:
    assert suspension.moment(text, Clock(frozen_at=NOON)) == moment


@pytest.mark.parametrize("text", ["", "whenever", "30 parsecs"])
def test_what_is_not_a_time_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a time"):
        suspension.moment(text, Clock(frozen_at=NOON))


@pytest.mark.parametrize(
    ("pattern", "reason", "found"),
    [
        ("spam", "No spam here", True),
        ("^# ticket", "x\n# ticket 1", True),
        ("SPAM", "spam", False),
        ("/SPAM/i", "spam", True),
        ("#a.b#s", "a\nb", True),
        ("a/b", "a/b", True),
    ],
)
def test_match_takes_patterns_with_and_without_delimiters(pattern: str, reason: str, found: bool) -> None:
    assert suspension.matcher(pattern)(reason) is found


def test_a_pattern_that_would_search_for_ever_is_refused(panel: EmulatedPanel) -> None:
    panel.call("admin:deactivate-site", "site1", {"reason": "a" * 60 + "!"})
    told = panel.fault("admin:delete-site", None, {"since": "now", "match": "(a|aa)+$"})
    assert told == "`(a|aa)+$' takes too long to be searched for; write a simpler expression"
    assert panel.call("admin:get-domains") == {1: "a.example"}


def test_a_suspended_site_can_still_be_edited_and_signed_on_to(panel: EmulatedPanel) -> None:
    panel.call("admin:deactivate-site", "site1")
    assert panel.call("admin:edit-site", "site1", {"diskquota.quota": 7}) is True
    assert panel.call("auth:is-inactive", session=panel.call("admin:hijack", "site1")) is True


def test_activating_an_unknown_site_is_refused(panel: EmulatedPanel) -> None:
    assert "Unknown site `x.example'" in panel.fault("admin:activate-site", "x.example")


def test_a_template_that_hides_the_reason_hides_all_its_lines(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    panel.call("admin:deactivate-site", "a.com", {"reason": "spam\nand fraud", "template": "nonpayment"})
    assert "fraud" not in panel.call("auth:inactive-reason", "a.com")
    panel.call("admin:delete-site", None, {"since": "now", "match": "fraud", "dry-run": True})
    assert "(a.com; suspension date" in panel.messages[0][1]
