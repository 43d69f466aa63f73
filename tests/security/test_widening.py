"""No limited key and no entered session leaves a door behind that is wider than itself."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.access import keys
from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel
from tests.pages import session_of

LIMITED = "An API key with a command list cannot change the credentials of its own account"
ENTERED = "A session that entered from another account cannot make keys or change credentials"


def key_of(panel: EmulatedPanel, site_id: int, name: str, commands: str) -> str:
    """Make a key for a user that may call `commands` alone."""
    with panel.inside() as ctx:
        owner = people.require(ctx.db, site_id, name)
        rules = keys.Rules(commands=commands)
        return keys.make(ctx.db, ctx.panel.secret, owner, comment="", now=ctx.clock.unix(), rules=rules)


@pytest.fixture
def family(panel: EmulatedPanel) -> EmulatedPanel:
    """Give a parent, its child and its grandchild."""
    panel.call("admin:add-site", "parent.com", "paula", {"billing.invoice": "P", "auth.tpasswd": "correct horse"})
    panel.call("admin:add-site", "child.com", "charlie", {"billing.invoice": "C", "billing.parent_invoice": "P"})
    panel.call("admin:add-site", "grandchild.com", "greta", {"billing.parent_invoice": "C"})
    return panel


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        ("auth:change-password", ["another horse"]),
        ("auth:change-cpassword", ["$6$salt$" + "a" * 86]),
        ("auth:reset-password", []),
        ("auth:change-username", ["pauline"]),
        ("auth:totp-enable", ["A" * 32, "123456"]),
        ("auth:totp-disable", []),
        ("auth:restrict-ip", ["192.0.2.1"]),
        ("auth:remove-ip-restriction", ["192.0.2.1"]),
    ],
)
def test_an_accounts_limited_key_changes_no_credentials(
    family: EmulatedPanel, command: str, arguments: list[Any]
) -> None:
    limited = key_of(family, 1, "paula", "auth:*")
    assert family.fault(command, *arguments, key=limited) == LIMITED


def test_a_key_that_a_limited_key_makes_carries_its_rules(family: EmulatedPanel) -> None:
    limited = key_of(family, 1, "paula", "auth:create-api-key,common:whoami")
    made = family.call("auth:create-api-key", key=limited)
    assert family.call("common:whoami", key=made) == "paula"
    assert "may not call auth:change-password" in family.fault("auth:change-password", "another horse", key=made)


def test_the_billing_profile_sets_passwords_of_accounts_and_never_the_administrators(family: EmulatedPanel) -> None:
    billing = key_of(family, people.PANEL, "admin", "@billing")
    assert family.call("auth:change-password", "another horse", "paula", "parent.com", key=billing) is True
    inside = family.call("admin:hijack", "child.com", key=billing)
    assert family.call("auth:change-password", "yet another horse", key="", session=inside) is True
    text = "An API key with a command list cannot change the administrator's credentials"
    assert family.fault("auth:change-password", "another horse", key=billing) == text
    assert "may not call auth:create-api-key" in family.fault("auth:create-api-key", key=billing)


def test_an_entered_session_makes_no_keys_and_changes_no_credentials(family: EmulatedPanel) -> None:
    session = family.call("admin:hijack", "parent.com", None, "UI")
    reply = family.request("GET", f"/apps/dashboard?esprit_id={session}&switch=child.com")
    inside = session_of(reply)
    assert family.call("common:whoami", key="", session=inside) == "charlie"
    for command, *arguments in (
        ("auth:create-api-key",),
        ("auth:change-password", "another horse"),
        ("auth:reset-password",),
        ("auth:totp-enable", "A" * 32, "123456"),
        ("auth:restrict-ip", "192.0.2.1"),
        ("auth:change-username", "charles"),
    ):
        assert family.fault(command, *arguments, key="", session=inside) == ENTERED
    assert family.call("auth:get-api-keys", key="", session=inside) == []
