from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.settings import config
from apnscp.opcenter.usage import figures
from apnscp.opcenter.users import people, switches

DAY = 86_400


def _again(two: Any) -> None:
    """Open the session of alice anew, after the clock was turned further than a session lives."""
    two.alice = two.panel.call("admin:hijack", "alpha.test")


def test_amnesty_doubles_the_quota_for_half_a_day(each_two: Any) -> None:
    two = each_two
    before = two("site:get-account-quota")
    assert two("site:amnesty-active") is False
    assert two("site:storage-amnesty") is True
    assert two("site:amnesty-active") is True
    boosted = two("site:get-account-quota")
    assert (boosted["qsoft"], boosted["qhard"]) == (before["qsoft"] * 2, before["qhard"] * 2)
    assert two("common:get-disk-quota")["total"] == before["qhard"] * 2
    assert two.panel.call("admin:get-usage")["site1"]["qhard"] == before["qhard"] * 2
    assert two("site:amnesty-active", session=two.bob) is False
    two.panel.clock.advance(43_200)
    _again(two)
    assert two("site:amnesty-active") is False
    assert two("site:get-account-quota") == before


def test_amnesty_is_granted_again_after_thirty_days(two: Any) -> None:
    two("site:storage-amnesty")
    assert two.fault("site:storage-amnesty").endswith("again in 30 days")
    two.panel.clock.advance(29 * DAY + 1)
    _again(two)
    assert two.fault("site:storage-amnesty").endswith("again in 1 day")
    assert two("site:storage-amnesty", abort_on=None) is False
    two.panel.clock.advance(DAY)
    _again(two)
    assert two("site:storage-amnesty") is True


def test_the_settings_of_amnesty_hold(two: Any) -> None:
    with two.panel.inside() as ctx:
        config.put(ctx.db, "quota.storage_boost", 1.5)
        config.put(ctx.db, "quota.storage_duration", 60)
        config.put(ctx.db, "quota.storage_wait", 120)
    before = two("site:get-account-quota")["qhard"]
    two("site:storage-amnesty")
    assert two("site:get-account-quota")["qhard"] == before * 1.5
    two.panel.clock.advance(60)
    assert two("site:get-account-quota")["qhard"] == before
    two.panel.clock.advance(60)
    assert two("site:storage-amnesty") is True


def test_without_a_limit_there_is_nothing_to_boost(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"diskquota.quota": None})
    assert "no storage limit" in two.fault("site:storage-amnesty")


def test_quota_is_told_in_kilobytes_and_files(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"diskquota.quota": 3, "diskquota.units": "GB", "diskquota.fquota": 900})
    with two.panel.inside() as ctx:
        figures.put(ctx.db, 1, {"storage": 2_048, "inodes": 77})
    assert two("site:get-account-quota") == {
        "qused": 2_048, "qsoft": 3_145_728, "qhard": 3_145_728, "fused": 77, "fsoft": 900, "fhard": 900,
    }  # fmt: skip


def test_a_transfer_by_type_is_refused(two: Any) -> None:
    assert "is not kept" in two.fault("site:get-bandwidth-usage", 1)
    assert two("site:get-bandwidth-usage", None)["total"] == 50.0 * 1024**3


def test_transfer_that_is_not_counted_has_no_limit(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"bandwidth.enabled": 0})
    assert two("site:get-bandwidth-usage") == {"used": 0.0, "total": -1.0}


def test_a_transfer_set_for_a_cycle_counts_from_zero_in_the_next(two: Any) -> None:
    with two.panel.inside() as ctx:
        begin = 1_767_225_600
        figures.put(ctx.db, 1, {"bandwidth_in": 100, "bandwidth_out": 900}, cycle=begin)
    assert two("site:get-bandwidth-usage")["used"] == 1_000.0
    two.panel.clock.freeze(two("site:get-bandwidth-rollover"))
    _again(two)
    assert two("site:get-bandwidth-usage")["used"] == 0.0
    assert two.panel.call("admin:get-usage", "bandwidth")["site1"]["sum"] == 0


def test_the_contact_address_is_read_by_all_and_set_by_the_administrator(two: Any) -> None:
    assert two("site:set-admin-email", "new@mail.test") is True
    assert two("site:get-admin-email", session=two.ann) == "new@mail.test"
    assert two.fault("site:set-admin-email", "new") == "`new' is not an e-mail address"
    assert "not present" in two.fault("site:set-admin-email", "x@mail.test", session=two.ann)
    assert two("site:get-admin-email", session=two.bob) == "blackhole@apiscp.com"


def test_the_address_is_the_last_of_the_list(two: Any) -> None:
    assert two("site:ip-address", session=two.ann) == "192.0.2.10"
    two.panel.call("admin:edit-site", "site1", {"ipinfo.namebased": 0, "ipinfo.ipaddrs": ["192.0.2.7", "192.0.2.8"]})
    assert two("site:ip-address") == "192.0.2.8"


def test_ports_are_there_for_an_account_with_a_block(two: Any) -> None:
    assert two("site:get-port-range") == []
    two.panel.call("admin:edit-site", "site1", {"ssh.port_index": 3})
    assert two("site:get-port-range") == [40020, 40029]
    with two.panel.inside() as ctx:
        config.put(ctx.db, "ssh.user_daemons", False)
    assert two("site:get-port-range") == []


def test_ports_need_ssh(two: Any) -> None:
    two.panel.call("admin:edit-site", "site1", {"ssh.port_index": 3, "ssh.enabled": 0})
    assert two("site:get-port-range") == []


def test_hijack_gives_a_session_of_the_user(each_two: Any) -> None:
    two = each_two
    session = two("site:hijack", "ann")
    assert len(session) == 32
    assert two("common:whoami", session=session) == "ann"
    assert "not present" in two.fault("site:hijack", "alice", session=session)
    assert two("common:whoami") == "alice"


def test_hijack_of_oneself_is_the_present_session(two: Any) -> None:
    assert two("site:hijack", "alice") == two.alice
    assert two("site:hijack", "ALICE") == two.alice


@pytest.mark.parametrize("name", ["nobody", "bob", ""])
def test_hijack_of_a_stranger_is_an_error_and_leaves_the_present_session(two: Any, name: str) -> None:
    assert two.fault("site:hijack", name) == f"Unknown user `{name}'"
    assert two("site:hijack", name, abort_on=None) == two.alice
    assert two.panel.messages == (("error", f"Unknown user `{name}'"),)


def test_a_key_has_no_present_session_and_gets_one(two: Any) -> None:
    key = two("auth:create-api-key")
    own = two.panel.call("site:hijack", "alice", key=key)
    assert len(own) == 32
    assert two.panel.call("common:whoami", session=own) == "alice"
    assert two.panel.call("site:hijack", "nobody", key=key, abort_on=None) is None
    assert two.panel.messages == (("error", "Unknown user `nobody'"),)


def test_a_suspended_account_is_not_entered_where_that_is_off(two: Any) -> None:
    two.panel.call("admin:deactivate-site", "site1")
    assert len(two("site:hijack", "ann")) == 32
    with two.panel.inside() as ctx:
        config.put(ctx.db, "auth.suspended_login", False)
    assert two.fault("site:hijack", "ann") != ""


def test_users_are_told_with_a_deprecation(two: Any) -> None:
    users = two("site:get-users")
    assert list(users) == ["alice", "ann"]
    assert users["ann"]["home"] == "/home/ann"
    assert two.panel.messages == (("deprecated", "site:get-users is deprecated"),)
    assert two("site:get-user-count") == {"users": 2, "max": 500}
    assert list(two("site:get-users", session=two.bob)) == ["bob"]


def test_a_service_is_for_users_as_far_as_the_account_has_it(two: Any) -> None:
    assert two("site:user-service-enabled", "ann", "ftp") is True
    two.panel.call("admin:edit-site", "site1", {"ftp.enabled": 0})
    assert two("site:user-service-enabled", "ann", "ftp") is False
    assert two("site:user-service-enabled", "alice", "ftp") is False
    assert two("site:user-service-enabled", "ann", "cp") is True


def test_a_service_can_be_switched_off_for_a_user(two: Any) -> None:
    with two.panel.inside() as ctx:
        switches.set_denied(ctx.db, people.require(ctx.db, 1, "ann").id, "ftp", denied=True)
    assert two("site:user-service-enabled", "ann", "ftp") is False
    assert two("site:user-service-enabled", "ann", "imap") is True


def test_an_unknown_user_or_service_is_refused(two: Any) -> None:
    assert two.fault("site:user-service-enabled", "bob", "ftp") == "Unknown user `bob'"
    assert two.fault("site:user-service-enabled", "ann", "gopher").startswith(
        "Unknown service `gopher'; users have ftp"
    )


@pytest.mark.parametrize(
    ("hostname", "subdomain", "domain"),
    [
        ("www.alpha.test", "www", "alpha.test"), ("a.b.Alpha.Test", "a.b", "alpha.test"),
        ("alpha.test", "", "alpha.test"),
        ("www.shop.alpha.test", "www", "shop.alpha.test"), ("notalpha.test", "", "notalpha.test"),
    ],
)  # fmt: skip
def test_a_host_name_is_split_at_the_longest_domain(two: Any, hostname: str, subdomain: str, domain: str) -> None:
    two.panel.call("admin:edit-site", "site1", {"aliases.aliases": ["shop.alpha.test"]})
    assert two("site:split-hostname", hostname, session=two.ann) == {"subdomain": subdomain, "domain": domain}


@pytest.mark.parametrize("method", ["get-account-quota", "get-users", "storage-amnesty", "get-port-range"])
def test_what_is_the_administrators_is_not_there_for_others(two: Any, method: str) -> None:
    assert "not present" in two.fault(f"site:{method}", session=two.ann)
    assert "not present" in two.panel.fault(f"site:{method}")
