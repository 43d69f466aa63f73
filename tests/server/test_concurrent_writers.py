from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived


def outcome(panel: EmulatedPanel, *arguments: object) -> str:
    try:
        panel.call("admin:add-site", *arguments)
    except FaultReceived as fault:
        return fault.text
    return "added"


def test_sites_added_at_the_same_time_get_ids_of_their_own(each_panel: EmulatedPanel) -> None:
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda n: outcome(each_panel, f"site{n}.example", f"user{n}"), range(12)))
    assert outcomes == ["added"] * 12
    assert sorted(each_panel.call("admin:get-domains")) == list(range(1, 13))


def test_of_two_calls_for_one_domain_one_succeeds_and_the_other_is_refused(each_panel: EmulatedPanel) -> None:
    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(lambda n: outcome(each_panel, "same.example", f"user{n}"), range(8)))
    assert outcomes.count("added") == 1
    for text in outcomes[:-1]:
        assert text == "added" or "by another account" in text or "meanwhile" in text
    assert list(each_panel.call("admin:get-domains").values()) == ["same.example"]


def test_changes_of_one_site_at_the_same_time_wait_for_one_another_and_are_all_kept(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "example.com", "bob")

    def edit(service: str) -> object:
        return each_panel.call("admin:edit-site", "example.com", {f"{service}.enabled": 0})

    services = ["ssh", "ftp", "mail", "ssl", "users", "vacation"]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(edit, services)) == [True] * 6
    row = each_panel.call("admin:collect", [f"{service}.enabled" for service in services])["site1"]
    assert [row[service]["enabled"] for service in services] == [0] * 6


def test_of_two_deletions_of_one_site_one_succeeds(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "example.com", "bob")

    def delete(_: int) -> str:
        try:
            each_panel.call("admin:delete-site", "example.com")
        except FaultReceived as fault:
            return fault.text[:13]
        return "deleted"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(delete, range(6))) == ["Unknown site "] * 5 + ["deleted"]


def test_an_edit_and_a_deletion_of_a_group_at_the_same_time_end_in_one_order(each_panel: EmulatedPanel) -> None:
    for number in range(4):
        each_panel.call("admin:add-site", f"g{number}.example", f"user{number}", {"billing.parent_invoice": "G"})

    def run(method: str) -> str:
        try:
            each_panel.call(method, "G", *([{"diskquota.quota": 5000}] if method == "admin:edit-site" else []))
        except FaultReceived as fault:
            return fault.text
        return "done"

    with ThreadPoolExecutor(2) as pool:
        edited, deleted = pool.map(run, ["admin:edit-site", "admin:delete-site"])
    assert deleted == "done"
    assert edited == "done" or "Unknown site" in edited
    assert each_panel.call("admin:get-domains") == []
