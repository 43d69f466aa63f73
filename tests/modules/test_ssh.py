"""Shells of single users."""

from __future__ import annotations

from typing import Any


def test_a_user_is_denied_and_permitted(each_two: Any) -> None:
    two = each_two
    assert two("ssh:user-enabled", "ann") is True
    assert two("ssh:deny-user", "ann") is True
    assert (two("ssh:user-enabled", "ann"), two("ssh:user-enabled", "alice")) == (False, True)
    assert two("ssh:permit-user", "ann") is True
    assert two("ssh:user-enabled", "ann") is True


def test_ssh_of_users_follows_the_accounts(two: Any) -> None:
    assert two("ssh:enabled", session=two.ann) is True
    two.panel.call("admin:edit-site", "site1", {"ssh.enabled": 0})
    assert (two("ssh:enabled"), two("ssh:enabled", session=two.ann), two("ssh:enabled", session=two.bob)) == (
        False,
        False,
        True,
    )
    assert two("ssh:user-enabled", "alice") is False
    assert two.fault("ssh:permit-user", "ann") == "ssh is off for this account (ssh,enabled), so no user can have it"


def test_only_the_account_administrator_switches_it(two: Any) -> None:
    assert two.fault("ssh:deny-user", "alice") == "`alice' administers the account and always has ssh"
    assert two.fault("ssh:deny-user", "bob") == "Unknown user `bob'"
    for command in ("permit-user", "deny-user", "user-enabled"):
        assert "not present" in two.fault(f"ssh:{command}", "ann", session=two.ann)
