"""Which addresses accounts get (docs/panel.md, section 6)."""

from __future__ import annotations

from typing import Any

from apnscp.server.testing import EmulatedPanel

POOL = ["192.0.2.1", "192.0.2.2", "192.0.2.3"]


def addresses(panel: EmulatedPanel, site: int, service: str = "ipinfo") -> Any:
    held = panel.call("admin:collect", [service], None, [f"site{site}"])[f"site{site}"][service]
    return held["nbaddrs"] if held["namebased"] else held["ipaddrs"]


def add(panel: EmulatedPanel, number: int, **options: Any) -> None:
    given = {name.replace("__", "."): value for name, value in options.items()}
    panel.call("admin:add-site", f"number{number}.example", f"admin{number}x", given)


def test_accounts_take_shared_addresses_in_turn(each_panel: EmulatedPanel) -> None:
    each_panel.call("scope:set", "dns.ip4-pool", POOL)
    for number in range(1, 5):
        add(each_panel, number)
    assert [addresses(each_panel, number) for number in range(1, 5)] == [[POOL[0]], [POOL[1]], [POOL[2]], [POOL[0]]]


def test_an_empty_list_takes_the_next_address(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "dns.ip4-pool", POOL)
    add(panel, 1)
    panel.call("admin:edit-site", "site1", {"ipinfo.nbaddrs": []})
    assert addresses(panel, 1) == [POOL[1]]
    panel.call("admin:edit-site", "site1", {"ipinfo,nbaddrs": "[]", "ipinfo,namebased": 1})
    assert addresses(panel, 1) == [POOL[2]]


def test_a_dry_run_takes_no_turn(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "dns.ip4-pool", POOL)
    add(panel, 1)
    panel.call("admin:edit-site", "site1", {"ipinfo.nbaddrs": []}, {"dry-run": True})
    assert addresses(panel, 1) == [POOL[0]]
    add(panel, 2)
    assert addresses(panel, 2) == [POOL[1]]


def test_a_failed_account_takes_no_turn(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "dns.ip4-pool", POOL)
    panel.fault("admin:add-site", "panel.example.test", "ada")
    add(panel, 1)
    assert addresses(panel, 1) == [POOL[0]]


def test_an_edit_of_something_else_leaves_the_address(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "dns.ip4-pool", POOL)
    add(panel, 1)
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 5})
    assert addresses(panel, 1) == [POOL[0]]


def test_ipv6_has_a_pool_of_its_own(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "dns.ip6-pool", ["2001:db8::1", "2001:db8::2"])
    add(panel, 1)
    add(panel, 2)
    assert [addresses(panel, number, "ipinfo6") for number in (1, 2)] == [["2001:db8::1"], ["2001:db8::2"]]


def test_an_account_with_an_address_of_its_own_gets_a_free_one(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("scope:set", "cp.config", "dns", "allocation_cidr", "203.0.113.0/29, 2001:db8:1::/64")
    add(panel, 1, ipinfo__namebased=0, ipinfo__ipaddrs=["203.0.113.1"])
    add(panel, 2, ipinfo__namebased=0)
    add(panel, 3)
    panel.call("admin:edit-site", "site3", {"ipinfo.namebased": 0, "ipinfo6.namebased": 0})
    assert [addresses(panel, number) for number in (1, 2, 3)] == [["203.0.113.1"], ["203.0.113.2"], ["203.0.113.3"]]
    assert addresses(panel, 3, "ipinfo6") == ["2001:db8:1::1"]


def test_without_a_range_and_in_a_full_one_an_address_must_be_named(panel: EmulatedPanel) -> None:
    options = {"ipinfo.namebased": 0}
    assert panel.fault("admin:add-site", "a.example", "ada", options) == (
        "ipinfo,ipaddrs: an account that is not name-based needs an address of its own; name one, or set a range in "
        "[dns] allocation_cidr"
    )
    panel.call("scope:set", "cp.config", "dns", "allocation_cidr", "203.0.113.8/32")
    panel.call("admin:add-site", "a.example", "ada", options)
    assert panel.fault("admin:add-site", "b.example", "bob", options) == (
        "ipinfo,ipaddrs: no address in [dns] allocation_cidr is free; name one, or add a range"
    )


def test_seeded_accounts_take_turns_too(panel: EmulatedPanel) -> None:
    from apnscp.opcenter.lifecycle.seeds import Seeder

    panel.call("scope:set", "dns.ip4-pool", POOL)
    with panel.inside() as ctx:
        Seeder(ctx).fill(ctx.db, 6)
    assert sorted(addresses(panel, number)[0] for number in range(1, 7)) == sorted(POOL * 2)
