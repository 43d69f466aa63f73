"""What an account may let through the firewall by itself (docs/panel.md, section 13)."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel

MEMBER, OTHER, THIRD = "203.0.113.9", "203.0.113.10", "203.0.113.11"


def add_site(panel: EmulatedPanel, domain: str = "example.com", admin: str = "bob", **values: Any) -> str:
    """Add a site and return a session of its administrator."""
    panel.call("admin:add-site", domain, admin, {f"rampart.{name}": value for name, value in values.items()})
    return str(panel.call("admin:hijack", domain))


def listed(panel: EmulatedPanel, domain: str = "example.com") -> list[str]:
    found = panel.call("admin:collect", ["rampart.whitelist"], None, [domain])
    return list(found[domain]["rampart"]["whitelist"])


def banned(panel: EmulatedPanel, ip: str) -> bool:
    return bool(panel.call("rampart:is-banned", ip))


def test_an_account_lets_an_address_through_that_is_banned(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    session = add_site(panel, max=2)
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:whitelist", session=session, ip=MEMBER) is True
    assert listed(panel) == [MEMBER]
    assert banned(panel, MEMBER) is False
    assert panel.call("rampart:whitelist", MEMBER, "remove", session=session) is True
    assert listed(panel) == []
    assert banned(panel, MEMBER) is True


def test_by_default_an_account_lets_nothing_through(panel: EmulatedPanel) -> None:
    session = add_site(panel)
    assert panel.fault("rampart:whitelist", session=session) == (
        "site1 (example.com) may let no address through: rampart,max is 0; the administrator can raise it"
    )
    assert panel.fault("rampart:temp", session=session) == (
        "site1 (example.com) may let no address through: rampart,max is 0; the administrator can raise it"
    )


def test_the_default_room_is_the_panels_setting(panel: EmulatedPanel) -> None:
    session = add_site(panel)
    panel.call("scope:set", "cp.config", "rampart", "delegated_whitelist", 1)
    assert panel.call("rampart:whitelist", MEMBER, session=session) is True
    assert panel.fault("rampart:whitelist", OTHER, session=session) == (
        "rampart,max: site1 (example.com) has no room for `203.0.113.10' (1 of 1 are used); "
        "take one out with mode remove"
    )


def test_room_is_limited_and_comes_back(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=2)
    panel.call("rampart:whitelist", MEMBER, session=session)
    panel.call("rampart:whitelist", OTHER, session=session)
    assert panel.call("rampart:whitelist", MEMBER, session=session) is True
    panel.fault("rampart:whitelist", THIRD, session=session)
    assert listed(panel) == [MEMBER, OTHER]
    panel.call("rampart:whitelist", OTHER, "remove", session=session)
    assert panel.call("rampart:whitelist", THIRD, session=session) is True
    assert listed(panel) == [MEMBER, THIRD]


def test_minus_one_is_room_without_limit(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=-1)
    for number in range(40):
        panel.call("rampart:whitelist", f"192.0.2.{number}", session=session)
    assert len(listed(panel)) == 40


def test_an_account_without_rampart_lets_nothing_through(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5, enabled=0)
    assert panel.fault("rampart:whitelist", MEMBER, session=session) == (
        "site1 (example.com): rampart,enabled is off, so `203.0.113.9' cannot be let through"
    )


def test_switching_rampart_off_takes_the_entries_out_of_force(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5)
    panel.call("rampart:ban", MEMBER, "recidive")
    panel.call("rampart:whitelist", MEMBER, session=session)
    panel.call("admin:edit-site", "example.com", {"rampart.enabled": 0})
    assert banned(panel, MEMBER) is True
    panel.call("admin:edit-site", "example.com", {"rampart.enabled": 1})
    assert banned(panel, MEMBER) is False


def test_an_account_may_not_let_a_range_through(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5)
    assert panel.fault("rampart:whitelist", "203.0.113.0/24", session=session) == (
        "`203.0.113.0/24' is a range; an account may only let single addresses through"
    )


def test_an_account_cannot_take_out_what_is_not_its_own(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5)
    panel.call("rampart:whitelist", MEMBER)
    assert panel.call("rampart:whitelist", MEMBER, "remove", session=session) is True
    assert panel.messages == (("warning", "`203.0.113.9' is not among what site1 (example.com) lets through"),)
    panel.call("rampart:ban", MEMBER, "sshd")
    assert banned(panel, MEMBER) is False


def test_what_accounts_let_through_protects_from_bans_alone(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5)
    panel.call("rampart:whitelist", MEMBER, session=session)
    panel.call("rampart:blacklist", MEMBER)
    assert banned(panel, MEMBER) is True


def test_the_set_of_delegation_can_be_the_whitelist(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5)
    panel.call("rampart:whitelist", MEMBER, session=session)
    panel.call("rampart:blacklist", MEMBER)
    panel.call("scope:set", "cp.config", "rampart", "delegation_set", "whitelist")
    assert banned(panel, MEMBER) is False


def test_the_administrators_edit_of_the_list_takes_effect(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    add_site(panel, max=5, whitelist=[MEMBER])
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("rampart:ban", OTHER, "sshd")
    assert banned(panel, MEMBER) is False
    panel.call("admin:edit-site", "example.com", {"rampart.whitelist": [OTHER]})
    assert banned(panel, MEMBER) is True
    assert banned(panel, OTHER) is False


def test_an_entry_is_released_with_the_last_account_that_uses_it(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    add_site(panel, "one.example", "one", max=5, whitelist=[MEMBER])
    add_site(panel, "two.example", "two", max=5, whitelist=[MEMBER])
    panel.call("rampart:ban", MEMBER, "recidive")
    panel.call("admin:delete-site", "one.example")
    assert banned(panel, MEMBER) is False
    panel.call("admin:delete-site", "two.example")
    assert banned(panel, MEMBER) is True


def test_an_address_that_resembles_another_is_released_on_its_own(panel: EmulatedPanel) -> None:
    add_site(panel, "one.example", "one", max=5, whitelist=["203.0.113.1"])
    add_site(panel, "two.example", "two", max=5, whitelist=["203.0.113.10"])
    panel.call("rampart:ban", "203.0.113.1", "recidive")
    panel.call("admin:delete-site", "one.example")
    assert banned(panel, "203.0.113.1") is True


def test_a_deleted_account_leaves_the_administrators_entries(panel: EmulatedPanel) -> None:
    add_site(panel, max=5, whitelist=[MEMBER])
    panel.call("scope:set", "rampart.fail2ban-whitelist", MEMBER)
    panel.call("admin:delete-site", "example.com")
    panel.call("rampart:ban", MEMBER, "sshd")
    assert banned(panel, MEMBER) is False


def test_a_temporary_entry_of_an_account_takes_room_and_ends(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.clock.freeze(1_800_000_000)
    session = add_site(panel, max=1)
    panel.call("rampart:ban", MEMBER, "recidive")
    assert panel.call("rampart:temp", session=session, ip=MEMBER) is True
    assert listed(panel) == []
    panel.fault("rampart:whitelist", OTHER, session=session)
    panel.clock.advance(7199)
    assert panel.call("rampart:is-banned", MEMBER) is False
    panel.clock.advance(1)
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_a_temporary_entry_of_an_account_ends_with_the_account(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=1)
    panel.call("rampart:ban", MEMBER, "recidive")
    panel.call("rampart:temp", session=session, ip=MEMBER)
    panel.call("admin:delete-site", "example.com")
    assert banned(panel, MEMBER) is True


def test_an_account_may_not_ask_for_longer_than_a_day(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=1)
    assert panel.fault("rampart:temp", None, 86401, session=session) == (
        "duration: 86401 seconds are more than an account may ask for (86400)"
    )


@pytest.mark.parametrize("spelled", ["::ffff:203.0.113.9", "203.0.113.9"])
def test_an_address_is_listed_once_in_its_usual_form(panel: EmulatedPanel, spelled: str) -> None:
    session = add_site(panel, max=5)
    panel.call("rampart:whitelist", MEMBER, session=session)
    panel.call("rampart:whitelist", spelled, session=session)
    assert listed(panel) == [MEMBER]


def test_an_account_sees_its_own_address_let_through(panel: EmulatedPanel) -> None:
    session = add_site(panel, max=5)
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:is-banned", session=session, ip=MEMBER) is True
    panel.call("rampart:whitelist", session=session, ip=MEMBER)
    assert panel.call("rampart:is-banned", session=session, ip=MEMBER) is False
