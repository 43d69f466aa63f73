"""Module scope: names, descriptions, and who may call it (docs/panel.md, section 16)."""

from __future__ import annotations

from apnscp.server.testing import EmulatedPanel


def test_all_scopes_are_listed_in_order(panel: EmulatedPanel) -> None:
    names = panel.call("scope:list")
    assert names == sorted(names)
    assert len(names) == 92
    assert {"cp.config", "opcenter.account-cleanup", "auth.geoip-key", "virus-scanner.signature-whitelist"} <= set(
        names
    )


def test_a_filter_is_a_glob(panel: EmulatedPanel) -> None:
    assert panel.call("scope:list", "dns.ip*") == ["dns.ip4-pool", "dns.ip4-proxy", "dns.ip6-pool", "dns.ip6-proxy"]
    assert panel.call("scope:list", "nothing.*") == []


def test_info_tells_value_choices_and_default(panel: EmulatedPanel) -> None:
    assert panel.call("scope:info", "apache.cache") == {
        "info": "Where the web server caches",
        "value": "disk",
        "settings": ["memory", "disk", "memory+disk", False],
        "default": "disk",
    }


def test_info_of_an_unknown_scope_is_null(panel: EmulatedPanel) -> None:
    assert panel.call("scope:info", "cp.nothing") is None
    assert panel.messages == ()


def test_get_and_set_of_an_unknown_scope_name_a_near_one(panel: EmulatedPanel) -> None:
    text = "Unknown scope `cp.debugg'; did you mean `cp.debug'? scope:list names them all"
    assert panel.fault("scope:get", "cp.debugg") == text
    assert panel.fault("scope:set", "cp.debugg", True) == text
    assert panel.fault("scope:get", "zzz") == "Unknown scope `zzz'; scope:list names them all"


def test_set_without_a_value_points_to_info(panel: EmulatedPanel) -> None:
    assert panel.fault("scope:set", "cp.debug") == (
        "cp.debug: a value is missing; scope:info cp.debug tells what it may be"
    )


def test_every_scope_can_be_read_and_described(panel: EmulatedPanel) -> None:
    for name in panel.call("scope:list"):
        described = panel.call("scope:info", name)
        assert list(described) == ["info", "value", "settings", "default"]
        assert described["value"] == panel.call("scope:get", name)
        assert described["info"]


def test_old_names_are_taken_and_reported(panel: EmulatedPanel) -> None:
    assert panel.call("scope:set", "apnscp.debug", True) is True
    assert panel.messages == (("deprecated", "Scope apnscp.debug is called cp.debug now"),)
    assert panel.call("scope:get", "cp.debug") is True
    assert panel.call("scope:list", "apnscp.*") == []


def test_the_module_answers_to_its_old_name(panel: EmulatedPanel) -> None:
    assert panel.call("config:set", "apache.cache", "memory") is True
    assert panel.call("config:get", "apache.cache") == "memory"
    assert panel.call("config:list", "cp.config") == ["cp.config"]
    assert panel.call("config:info", "apache.cache")["value"] == "memory"


def test_scopes_are_the_administrators(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com")
    for method in ("get", "set", "info", "list"):
        assert panel.fault(f"scope:{method}", "cp.debug", session=session) == f"Procedure 'scope_{method}' not present"


def test_a_long_name_is_shown_short(panel: EmulatedPanel) -> None:
    assert len(panel.fault("scope:get", "x" * 5000)) < 120
