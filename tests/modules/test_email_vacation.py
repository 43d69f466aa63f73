"""Vacation messages (docs/panel.md, section 24)."""

from __future__ import annotations

from tests.modules.conftest import TwoSites


def test_a_message_is_set_changed_and_removed(each_two: TwoSites) -> None:
    assert each_two("email:vacation-exists") is False
    assert each_two("email:get-vacation-message") is None
    assert each_two("email:add-vacation", "Away", None, {"subject": "Out"}) is True
    assert each_two("email:vacation-exists") is True
    assert each_two("email:get-vacation-message") == "Away"
    assert each_two("email:change-vacation-message", "Still away") is True
    assert each_two("email:get-vacation-options") == {
        "response": "Still away", "subject": "Out", "contenttype": "plain", "days": 7,
    }  # fmt: skip
    assert each_two("email:remove-vacation") is True
    assert each_two("email:vacation-exists") is False
    assert each_two.fault("email:remove-vacation") == "`alice' has no vacation message; email:add-vacation makes one"
    assert each_two.fault("email:change-vacation-message", "x") == (
        "`alice' has no vacation message; email:add-vacation makes one"
    )


def test_options_are_set_before_the_message_is_sent(two: TwoSites) -> None:
    assert two.fault("email:enable-vacation") == (
        "`alice' has no vacation message; give its text, `response' of email:set-vacation-options"
    )
    assert two("email:set-vacation-options", {"response": "Away", "contenttype": "text/HTML", "days": "3"}) is True
    assert two("email:vacation-exists") is False
    assert two("email:enable-vacation", None, {"subject": "Out"}) is True
    assert two("email:vacation-exists") is True
    assert two("email:get-vacation-options") == {
        "response": "Away", "subject": "Out", "contenttype": "html", "days": 3,
    }  # fmt: skip


def test_options_that_cannot_be(two: TwoSites) -> None:
    for options, text in (
        ({"colour": 1}, "Unknown option `colour'; a vacation message has response, subject, contenttype, days"),
        ({"days": 0}, "days: `0' is not a whole number from 1 to 365"),
        ({"contenttype": "pdf"}, "contenttype: `pdf' is not plain or html"),
    ):
        assert two.fault("email:set-vacation-options", options) == text


def test_only_the_administrator_names_another_user(two: TwoSites) -> None:
    two("email:add-vacation", "Ann is away", "ann")
    assert two("email:get-vacation-message", session=two.ann) == "Ann is away"
    assert two("email:get-vacation-message") is None
    text = "Only the account's administrator may name another user"
    assert two.fault("email:add-vacation", "x", "alice", session=two.ann) == text
    assert two.fault("email:vacation-exists", "alice", session=two.ann) == text


def test_a_user_without_mail_sends_no_message(two: TwoSites) -> None:
    two("email:deny-user", "ann", "smtp")
    assert two.fault("email:add-vacation", "Away", session=two.ann) == (
        "`ann' may not use smtp; no vacation message can be sent"
    )
    two.panel.call("admin:edit-site", "alpha.test", {"vacation.enabled": 0})
    assert two.fault("email:add-vacation", "Away") == "`alice' may not use vacation; no vacation message can be sent"
