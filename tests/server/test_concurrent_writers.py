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
        assert text == "added" or "is in use by another account" in text or "meanwhile" in text
    assert list(each_panel.call("admin:get-domains").values()) == ["same.example"]


def test_changes_of_one_site_at_the_same_time_are_all_kept_or_refused(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "example.com", "bob")

    def edit(service: str) -> str:
        try:
            each_panel.call("admin:edit-site", "example.com", {f"{service}.enabled": 0})
        except FaultReceived as fault:
            return fault.text
        return "done"

    services = ["ssh", "ftp", "mail", "ssl", "users", "vacation"]
    with ThreadPoolExecutor(4) as pool:
        outcomes = dict(zip(services, pool.map(edit, services), strict=True))
    row = each_panel.call("admin:collect", [f"{service}.enabled" for service in services])["site1"]
    for service, said in outcomes.items():
        assert row[service]["enabled"] == (0 if said == "done" else 1), (service, said)
    assert "done" in outcomes.values()
