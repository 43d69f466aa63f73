"""Several sites at once."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel
from tests.server.web.administrators import Browser, hidden

BOTH = ["1:1", "2:1"]


@pytest.fixture
def two(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "a.com", "alice")
    panel.call("admin:add-site", "b.com", "bob")
    return panel


def test_several_are_suspended_and_activated(two: EmulatedPanel, admin: Browser) -> None:
    page = admin.send("/sites/many", {"action": "suspend", "site": BOTH}).text
    assert "Suspend 2 sites" in page
    assert admin.facts("/sites?state=suspended")["total"] == 0
    page = admin.send("/sites/many", {"action": "suspend", "site": BOTH, "step": "do", "reason": "<script>"}).text
    assert page.count('<span class="badge good">done</span>') == 2
    assert [site["reason"] for site in admin.facts("/sites?state=suspended")["sites"]] == ["<script>", "<script>"]
    admin.send("/sites/many", {"action": "activate", "site": BOTH, "step": "do"})
    assert admin.facts("/sites?state=suspended")["total"] == 0


def test_several_are_deleted_with_the_word(two: EmulatedPanel, admin: Browser) -> None:
    form = {"action": "delete", "site": BOTH, "step": "do"}
    reply = admin.send("/sites/many", form | {"word": "yes"})
    assert (reply.status_code, "Write delete to confirm" in reply.text) == (422, True)
    assert admin.facts("/sites")["total"] == 2
    assert "done" in admin.send("/sites/many", form | {"word": "delete"}).text
    assert admin.facts("/sites")["total"] == 0


def test_one_parameter_of_several_is_shown_and_then_changed(two: EmulatedPanel, admin: Browser) -> None:
    form = {"action": "edit", "site": BOTH, "step": "do", "parameter": "users,max", "value": "7"}
    page = admin.send("/sites/many", form).text
    assert page.count("<del>500</del></td><td><ins>7</ins>") == 2
    assert two.call("admin:get-meta-from-domain", "b.com", "users", "max") == 500
    page = admin.send("/sites/many", form | {"previewed": hidden(page, "previewed")}).text
    assert page.count('<span class="badge good">done</span>') == 2
    assert two.call("admin:get-meta-from-domain", "b.com", "users", "max") == 7


def test_a_site_that_changed_after_it_was_shown_is_left_alone(two: EmulatedPanel, admin: Browser) -> None:
    form = {"action": "edit", "site": BOTH, "step": "do", "parameter": "users,max", "value": "7"}
    mark = hidden(admin.send("/sites/many", form).text, "previewed")
    two.call("admin:edit-site", "b.com", {"users.max": 9})
    page = admin.send("/sites/many", form | {"previewed": mark}).text
    assert page.count('<span class="badge good">done</span>') == 1
    assert "This site was changed meanwhile; nothing was saved" in page
    assert two.call("admin:get-meta-from-domain", "b.com", "users", "max") == 9


@pytest.mark.parametrize(
    ("parameter", "value", "told"),
    [
        ("users,max", "many", "users,max: `many&#39; is not a whole number"),
        ("user,max", "7", "Unknown service `user&#39;"),
        ("users,most", "7", "Unknown parameter `users,most&#39;"),
        ("auth,tpasswd", "correct horse", "auth,tpasswd cannot be changed for several sites"),
    ],
)
def test_a_value_that_cannot_be_is_told(
    two: EmulatedPanel, admin: Browser, parameter: str, value: str, told: str
) -> None:
    form = {"action": "edit", "site": BOTH, "step": "do", "parameter": parameter, "value": value}
    reply = admin.send("/sites/many", form)
    assert reply.status_code == 422
    assert told in reply.text


def test_a_form_without_sites_or_action_is_refused(two: EmulatedPanel, admin: Browser) -> None:
    assert "No site was chosen" in admin.send("/sites/many", {"action": "suspend"}).text
    assert "Unknown action `burn&#39;" in admin.send("/sites/many", {"action": "burn", "site": BOTH}).text
    many = [f"{number}:1" for number in range(1, 300)]
    assert "At most 200 sites" in admin.send("/sites/many", {"action": "suspend", "site": many}).text
    page = admin.send("/sites/many", {"action": "suspend", "site": ["x", "1:y", "77:1"]})
    assert "Suspend 0 sites" in page.text
