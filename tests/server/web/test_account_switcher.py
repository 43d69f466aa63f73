"""From a parent to the accounts under it and back, by the forms of the pages."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import cookies_of, send, session_of


@pytest.fixture
def parent(each_panel: EmulatedPanel) -> tuple[EmulatedPanel, str]:
    panel = each_panel
    panel.call("admin:add-site", "parent.com", "alice", {"billing.invoice": "I-1"})
    panel.call("admin:add-site", "child.com", "bob", {"billing.parent_invoice": "I-1", "billing.invoice": "J-1"})
    panel.call("admin:add-site", "grandchild.com", "dave", {"billing.parent_invoice": "J-1"})
    panel.call("admin:add-site", "stranger.com", "eve", {"billing.invoice": "K-1"})
    return panel, panel.call("admin:hijack", "parent.com", None, "UI")


def page(panel: EmulatedPanel, session: str, path: str = "/apps/dashboard") -> str:
    return panel.request("GET", path, headers={"Cookie": f"esprit_id={session}"}).body.decode()


def switch(panel: EmulatedPanel, session: str, **form: str) -> Reply:
    return send(panel, "/switch", form, session=session)


def test_a_parent_is_offered_the_accounts_under_it_and_no_other(parent: tuple[EmulatedPanel, str]) -> None:
    shown = page(*parent)
    assert "Enter child.com" in shown
    assert "grandchild.com" not in shown
    assert "stranger.com" not in shown


def test_whoever_entered_an_account_is_offered_the_way_back_alone(parent: tuple[EmulatedPanel, str]) -> None:
    panel, session = parent
    inside = session_of(switch(panel, session, to="child.com"))
    shown = page(panel, inside, "/apps/usermanage")
    assert "Back to parent.com" in shown
    assert "grandchild.com" not in page(panel, inside)


def test_a_session_of_the_child_itself_knows_no_way_to_the_parent(parent: tuple[EmulatedPanel, str]) -> None:
    panel, _ = parent
    shown = page(panel, panel.call("admin:hijack", "child.com", None, "UI"))
    assert "Enter grandchild.com" in shown
    assert "parent.com" not in shown


def test_nothing_is_offered_while_sign_on_between_accounts_is_off(parent: tuple[EmulatedPanel, str]) -> None:
    panel, session = parent
    panel.call("scope:set", "cp.config", "auth", "subordinate_site_sso", False)
    assert "child.com" not in page(panel, session)


def test_the_way_back_leads_to_the_app_that_was_seen_last(parent: tuple[EmulatedPanel, str]) -> None:
    panel, session = parent
    gone = switch(panel, session, to="child.com", seen="/apps/crontab?user=alice")
    assert gone.headers["location"] == "/apps/dashboard"
    kept = {name: value for name, value in cookies_of(gone).items() if name in ("esprit_id", "apnscp_last_seen")}
    assert set(kept) == {"esprit_id", "apnscp_last_seen"}
    back = send(
        panel, "/switch", {"to": "parent.com"}, session=kept["esprit_id"], cookies={"apnscp_last_seen": kept["apnscp_last_seen"]}
    )  # fmt: skip
    assert back.headers["location"] == "/apps/crontab?user=alice"
    assert "<title>Scheduled jobs" in page(panel, session_of(back), "/apps/crontab?user=alice")


@pytest.mark.parametrize(
    "seen", ["https://evil.example/", "//evil.example", "/\\evil.example", "", "javascript:alert(1)"]
)
def test_the_way_back_never_leaves_the_panel(parent: tuple[EmulatedPanel, str], seen: str) -> None:
    panel, session = parent
    inside = session_of(switch(panel, session, to="child.com"))
    back = send(panel, "/switch", {"to": "parent.com"}, session=inside, cookies={"apnscp_last_seen": seen})
    assert back.headers["location"] == "/apps/dashboard"


@pytest.mark.parametrize("where", ["stranger.com", "site4", "grandchild.com", "nowhere.test", ""])
def test_another_account_is_refused_by_the_form_too(parent: tuple[EmulatedPanel, str], where: str) -> None:
    panel, session = parent
    refused = switch(panel, session, to=where)
    assert (refused.status, session_of(refused)) == (403, "")
    assert b"is not an account that you may enter from here" in refused.body


def test_more_accounts_than_fit_are_entered_by_name(panel: EmulatedPanel) -> None:
    panel.seed("parent.com", invoice="I-1")
    panel.seed(52, parent_invoice="I-1")
    shown = page(panel, panel.call("admin:hijack", "parent.com", None, "UI"))
    assert shown.count('aria-label="Enter ') == 50
    assert "Another one, by domain" in shown
