"""What a call asks for is judged before it waits for its turn to write, so that nothing slow happens in that turn."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.store.transactions import writing
from apnscp.server.testing import EmulatedPanel


@pytest.fixture(autouse=True)
def site(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada", {"billing.invoice": "I-1"})


@pytest.mark.parametrize(
    ("command", "arguments", "text"),
    [
        ("admin:edit-site", ["site1", {"diskquota.quota": "much"}], "diskquota,quota: `much' is not"),
        ("admin:edit-site", ["site1", {"siteinfo.plan": "gone"}], "siteinfo,plan: unknown plan `gone'"),
        ("admin:edit-site", ["site1", {"auth.tpasswd": "short"}], "auth,tpasswd: (hidden) is too weak"),
        ("admin:edit-site", ["site1", {}, {"colour": "red"}], "Unknown flag `colour'"),
        ("admin:add-site", ["b.example", "bob", {"auth.cpasswd": "plain"}], "auth,cpasswd: (hidden) is not"),
        ("admin:deactivate-site", ["site1", {"template": "gone"}], "Unknown suspension template `gone'"),
    ],
)
def test_a_call_that_cannot_be_is_refused_while_another_one_writes(
    panel: EmulatedPanel, command: str, arguments: list[Any], text: str
) -> None:
    with writing(panel.app.panel.engine):
        assert panel.fault(command, *arguments).startswith(text)


def test_a_bad_value_for_a_group_is_refused_once(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "b.example", "bob", {"billing.parent_invoice": "I-1"})
    assert panel.call("admin:edit-site", "I-1", {"diskquota.quota": "much"}, abort_on=None) is False
    assert [severity for severity, _ in panel.messages] == ["error"]
    assert panel.messages[0][1].startswith("diskquota,quota: `much' is not")


def test_a_password_that_holds_the_name_of_one_administrator_is_refused_for_that_one(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "b.example", "bob", {"billing.parent_invoice": "I-1"})
    assert panel.call("admin:edit-site", "I-1", {"auth.tpasswd": "bob-builds-9-houses"}, abort_on=None) is False
    assert panel.messages == (
        ("info", "site1 (a.example): password of `ada' changed"),
        ("error", "site2 (b.example): auth,tpasswd: (hidden) is too weak: it contains the user's name"),
    )


def test_an_account_added_without_the_api_gets_what_it_asks_for(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        added = operations.add(ctx, "B.example", "bob", {"diskquota": {"quota": "7"}, "siteinfo": {"plan": "pro"}}, {})
    assert (added.domain, added.admin_user, added.metadata.plan) == ("b.example", "bob", "pro")
    assert added.metadata["diskquota"]["quota"] == 7
