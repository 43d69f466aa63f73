"""Bans and the lists that come before them (docs/panel.md, section 13)."""

from __future__ import annotations

import pytest

from apnscp.server.testing import EmulatedPanel

MEMBER = "203.0.113.9"


def site_session(panel: EmulatedPanel, **values: object) -> str:
    panel.call("admin:add-site", "example.com", "bob", dict(values))
    return str(panel.call("admin:hijack", "example.com"))


def test_an_address_is_banned_from_a_jail_and_from_no_other(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    assert panel.call("rampart:is-banned", MEMBER) is False
    assert panel.call("rampart:ban", MEMBER, "sshd") is True
    assert panel.call("rampart:is-banned", MEMBER) is True
    assert panel.call("rampart:is-banned", MEMBER, "sshd") is True
    assert panel.call("rampart:is-banned", MEMBER, "f2b-sshd") is True
    assert panel.call("rampart:is-banned", MEMBER, "dovecot") is False
    assert panel.call("rampart:is-banned", "203.0.113.10") is False


def test_services_that_ban_carry_the_prefix_of_their_chains(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("rampart:ban", MEMBER, "dovecot")
    assert panel.call("rampart:banned-services", MEMBER) == ["f2b-dovecot", "f2b-sshd"]
    panel.call("scope:set", "cp.config", "rampart", "prefix", "fail2ban-")
    assert panel.call("rampart:banned-services", MEMBER) == ["fail2ban-dovecot", "fail2ban-sshd"]
    assert panel.call("rampart:banned-services", "198.51.100.1") == []


def test_jails_are_named_without_prefix(panel: EmulatedPanel) -> None:
    assert panel.call("rampart:get-jails") == [
        "dovecot", "evasive", "malware", "mysqld", "pgsql", "postfix", "postfix-sasl", "recidive", "shield", "spambots",
        "sshd", "vsftpd",
    ]  # fmt: skip


def test_unban_without_jail_lifts_every_ban(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("rampart:ban", MEMBER, "mysqld")
    assert panel.call("rampart:unban", MEMBER) is True
    assert panel.messages == (
        ("info", f"Unbanned {MEMBER} from mysqld"),
        ("info", f"Unbanned {MEMBER} from sshd"),
    )
    assert panel.call("rampart:is-banned", MEMBER) is False


def test_unban_with_a_jail_leaves_the_others(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("rampart:ban", MEMBER, "mysqld")
    panel.call("rampart:unban", MEMBER, "sshd")
    assert panel.call("rampart:banned-services", MEMBER) == ["f2b-mysqld"]


def test_unban_of_a_free_address_is_true(panel: EmulatedPanel) -> None:
    assert panel.call("rampart:unban", MEMBER) is True
    assert panel.messages == ()


def test_without_an_address_the_callers_own_is_meant(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:is-banned", ip=MEMBER) is True
    assert panel.call("rampart:unban", ip=MEMBER) is True
    assert panel.call("rampart:is-banned", MEMBER) is False


@pytest.mark.parametrize(("jail", "seconds"), [("sshd", 600), ("recidive", 864000)])
def test_a_ban_ends_on_the_panels_clock(panel: EmulatedPanel, jail: str, seconds: int) -> None:
    panel.clock.freeze(1_800_000_000)
    panel.call("rampart:ban", MEMBER, jail)
    panel.clock.advance(seconds - 1)
    assert panel.call("rampart:is-banned", MEMBER) is True
    panel.clock.advance(1)
    assert panel.call("rampart:is-banned", MEMBER) is False


def test_a_second_ban_begins_anew(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_800_000_000)
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.clock.advance(500)
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.clock.advance(500)
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_a_banned_range_bans_each_of_its_addresses(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    assert panel.call("rampart:ban", "198.51.100.77/24", "recidive") is True
    assert panel.call("rampart:is-banned", "198.51.100.1") is True
    assert panel.call("rampart:is-banned", "198.51.101.1") is False
    panel.call("rampart:unban", "198.51.100.1")
    assert panel.messages == (("info", "Unbanned 198.51.100.0/24 from recidive"),)
    assert panel.call("rampart:is-banned", "198.51.100.200") is False


def test_ranges_that_overlap_ban_until_both_are_lifted(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", "10.0.0.0/8", "sshd")
    panel.call("rampart:ban", "10.1.0.0/16", "sshd")
    panel.call("rampart:unban", "10.0.0.0/8")
    assert panel.call("rampart:is-banned", "10.1.2.3") is True
    assert panel.call("rampart:is-banned", "10.2.0.1") is False


@pytest.mark.parametrize(
    ("banned", "asked"),
    [
        ("2001:db8::1", "2001:0DB8:0:0::1"),
        ("2001:db8::/32", "2001:db8:ffff::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9", "::ffff:cb00:7109"),
        ("::ffff:203.0.113.0/120", "203.0.113.200"),
        (" 203.0.113.9 ", "203.0.113.9"),
    ],
)
def test_an_address_is_the_same_in_every_notation(panel: EmulatedPanel, banned: str, asked: str) -> None:
    panel.call("rampart:ban", banned, "sshd")
    assert panel.call("rampart:is-banned", asked) is True


@pytest.mark.parametrize("text", ["1", "300.1.1.1", "example.com", "fe80::1%eth0", "192.0.2.0/33", "192.0.2.1;ls"])
def test_what_is_no_address_is_refused(panel: EmulatedPanel, text: str) -> None:
    assert panel.fault("rampart:is-banned", text) == (
        f"`{text}' is no IP address; write one such as 192.0.2.1 or 2001:db8::1"
    )
    assert panel.fault("rampart:ban", text, "sshd") == (
        f"`{text}' is neither an IP address nor a range such as 192.0.2.0/24"
    )


def test_an_empty_address_is_the_callers_own_where_one_may_be_left_out_and_else_refused(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", "203.0.113.9", "sshd")
    assert panel.call("rampart:is-banned", "", "", ip="203.0.113.9") is True
    assert panel.call("rampart:is-banned", "", "", ip="203.0.113.10") is False
    assert panel.fault("rampart:ban", "", "sshd") == "`' is neither an IP address nor a range such as 192.0.2.0/24"


def test_all_addresses_at_once_are_refused(panel: EmulatedPanel) -> None:
    assert panel.fault("rampart:blacklist", "0.0.0.0/0") == (
        "`0.0.0.0/0' is every address there is; name a smaller range"
    )


def test_an_unknown_jail_is_refused(panel: EmulatedPanel) -> None:
    text = "Unknown jail `sshx'; rampart:get-jails lists them"
    assert panel.fault("rampart:ban", MEMBER, "sshx") == text
    assert panel.fault("rampart:is-banned", MEMBER, "sshx") == text


def test_unban_from_what_is_no_jail_warns_and_succeeds(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:unban", MEMBER, "sshx") is True
    assert panel.messages == (("warning", "`sshx' is not a jail and was ignored; rampart:get-jails lists them"),)
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_the_whitelist_comes_before_the_blacklist_and_that_before_bans(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    assert panel.call("rampart:blacklist", "203.0.113.0/24") is True
    assert panel.call("rampart:is-banned", MEMBER) is True
    assert panel.call("rampart:banned-services", MEMBER) == []
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:whitelist", MEMBER) is True
    assert panel.call("rampart:is-banned", MEMBER) is False
    assert panel.call("rampart:banned-services", MEMBER) == []
    assert panel.call("rampart:is-banned", "203.0.113.10") is True
    panel.call("rampart:whitelist", MEMBER, "remove")
    assert panel.call("rampart:banned-services", MEMBER) == ["f2b-sshd"]
    panel.call("rampart:blacklist", "203.0.113.0/24", "remove")
    assert panel.call("rampart:is-banned", "203.0.113.10") is False


def test_the_blacklist_lasts(panel: EmulatedPanel) -> None:
    panel.call("rampart:blacklist", MEMBER)
    panel.clock.advance(10 * 365 * 86400)
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_unban_says_that_the_blacklist_is_no_jail(panel: EmulatedPanel) -> None:
    panel.call("rampart:blacklist", "203.0.113.0/24")
    assert panel.call("rampart:unban", MEMBER) is True
    assert panel.messages == (
        (
            "warning",
            "blacklist is not a jail and still holds 203.0.113.0/24; rampart:blacklist with mode remove lifts it",
        ),
    )


def test_a_blacklisted_address_that_the_whitelist_keeps_open_is_told(panel: EmulatedPanel) -> None:
    panel.call("rampart:whitelist", "203.0.113.0/24")
    panel.call("rampart:blacklist", MEMBER)
    assert panel.messages == (
        ("warning", f"`{MEMBER}' stays open: the whitelist holds 203.0.113.0/24 and comes first"),
    )


def test_removing_what_is_part_of_a_range_names_the_range(panel: EmulatedPanel) -> None:
    panel.call("rampart:whitelist", "203.0.113.0/24")
    assert panel.call("rampart:whitelist", MEMBER, "remove") is True
    assert panel.messages == (
        ("warning", f"`{MEMBER}' is not in the whitelist"),
        ("warning", f"`{MEMBER}' is still in the whitelist, as part of 203.0.113.0/24"),
    )


def test_an_unknown_mode_is_refused(panel: EmulatedPanel) -> None:
    text = "Unknown mode `drop'; there are add and remove"
    assert panel.fault("rampart:whitelist", MEMBER, "drop") == text
    assert panel.fault("rampart:blacklist", MEMBER, "drop") == text


def test_a_temporary_entry_ends_on_the_panels_clock(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_800_000_000)
    panel.call("rampart:blacklist", MEMBER)
    assert panel.call("rampart:temp", MEMBER) is True
    panel.clock.advance(7199)
    assert panel.call("rampart:is-banned", MEMBER) is False
    panel.clock.advance(1)
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_a_temporary_entry_never_shortens_one_that_lasts(panel: EmulatedPanel) -> None:
    panel.call("rampart:whitelist", MEMBER)
    panel.call("rampart:temp", MEMBER, 60)
    panel.call("rampart:blacklist", MEMBER)
    panel.clock.advance(61)
    assert panel.call("rampart:is-banned", MEMBER) is False


@pytest.mark.parametrize("duration", [0, -1, 315360001])
def test_a_duration_outside_of_reason_is_refused(panel: EmulatedPanel, duration: int) -> None:
    assert panel.fault("rampart:temp", MEMBER, duration) == (
        f"duration: {duration} is not a number of seconds from 1 to 315360000"
    )


def test_the_reason_is_the_line_of_the_log(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_800_000_000)
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("rampart:ban", "203.0.113.0/24", "recidive")
    assert panel.call("rampart:get-reason", MEMBER) == (
        "2027-01-15 08:00:00 NOTICE [sshd] Ban 203.0.113.9 by admin\n"
        "2027-01-15 08:00:00 NOTICE [recidive] Ban 203.0.113.0/24 by admin"
    )
    assert panel.call("rampart:get-reason", MEMBER, "recidive") == (
        "2027-01-15 08:00:00 NOTICE [recidive] Ban 203.0.113.0/24 by admin"
    )
    assert panel.call("rampart:get-reason", "198.51.100.1") is None


def test_reasons_are_not_shown_when_switched_off(panel: EmulatedPanel) -> None:
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("scope:set", "cp.config", "rampart", "show_reason", False)
    assert panel.call("rampart:get-reason", MEMBER) is None
    assert panel.messages == (("info", "[rampart] show_reason is off; reasons are not shown"),)


def test_an_account_may_only_name_its_own_address(panel: EmulatedPanel) -> None:
    session = site_session(panel)
    text = f"An account may only name its own address, {MEMBER}"
    for method in ("is-banned", "banned-services", "get-reason", "unban", "temp"):
        assert panel.fault(f"rampart:{method}", "198.51.100.1", session=session, ip=MEMBER) == text
    assert panel.call("rampart:is-banned", MEMBER, session=session, ip=MEMBER) is False


def test_an_account_may_neither_ban_nor_blacklist(panel: EmulatedPanel) -> None:
    session = site_session(panel)
    assert panel.fault("rampart:ban", MEMBER, "sshd", session=session, ip=MEMBER) == (
        "Procedure 'rampart_ban' not present"
    )
    assert panel.fault("rampart:blacklist", MEMBER, session=session, ip=MEMBER) == (
        "Procedure 'rampart_blacklist' not present"
    )


def test_an_account_that_frees_itself_is_spared_for_a_while(panel: EmulatedPanel) -> None:
    session = site_session(panel)
    panel.clock.freeze()
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:unban", session=session, ip=MEMBER) is True
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.clock.advance(299)
    assert panel.call("rampart:is-banned", MEMBER) is False
    panel.clock.advance(1)
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_the_grace_can_be_switched_off(panel: EmulatedPanel) -> None:
    session = site_session(panel)
    panel.call("scope:set", "cp.config", "rampart", "speculative_whitelisting", 0)
    panel.call("rampart:ban", MEMBER, "sshd")
    panel.call("rampart:unban", session=session, ip=MEMBER)
    panel.call("rampart:ban", MEMBER, "sshd")
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_an_account_does_not_lift_the_ban_of_a_range(panel: EmulatedPanel) -> None:
    session = site_session(panel)
    panel.call("rampart:ban", "203.0.113.0/24", "recidive")
    assert panel.call("rampart:unban", session=session, ip=MEMBER) is True
    assert panel.messages == (
        ("warning", f"{MEMBER} is in 203.0.113.0/24, banned from recidive; only the administrator lifts that"),
    )
    assert panel.call("rampart:is-banned", MEMBER) is True


def test_a_demonstration_account_changes_nothing(panel: EmulatedPanel) -> None:
    session = site_session(panel, **{"billing.invoice": "APNS-HOSTING-1111111111111111", "rampart.max": 5})
    text = "site1 (example.com) is a demonstration account and may not change the firewall"
    panel.call("rampart:ban", MEMBER, "sshd")
    for method in ("unban", "whitelist", "temp"):
        assert panel.fault(f"rampart:{method}", session=session, ip=MEMBER) == text
    assert panel.call("rampart:is-banned", session=session, ip=MEMBER) is True
