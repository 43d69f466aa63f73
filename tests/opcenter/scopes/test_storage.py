"""Values of scopes: where they live, what they become, what is refused (docs/panel.md, section 16)."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.store.facts import fact
from apnscp.opcenter.store.transactions import reading
from apnscp.server.testing import EmulatedPanel


def generation(panel: EmulatedPanel) -> int:
    with reading(panel.app.panel.engine) as db:
        return int(fact(db, "generation"))


def test_a_value_is_kept(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    assert panel.call("scope:set", "apache.cache", "memory") is True
    assert panel.call("scope:get", "apache.cache") == "memory"
    assert panel.call("scope:info", "apache.cache")["default"] == "disk"


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("apache.brotli", "true", True),
        ("apache.brotli", 1, True),
        ("apache.cache", False, False),
        ("apache.cache", "false", False),
        ("cp.update-policy", "EDGE", "edge"),
        ("system.watchdog-load", "75", 75),
        ("system.timezone", "europe/berlin", "Europe/Berlin"),
        ("system.sshd-port", 2222, [2222]),
        ("net.nameservers", "9.9.9.9, 1.1.1.1", ["9.9.9.9", "1.1.1.1"]),
        ("net.hostname", "Panel.Example.COM", "panel.example.com"),
        ("dns.ip4-pool", ["192.0.2.10"], ["192.0.2.10"]),
        ("cron.start-range", "2-6", "2-6"),
        ("apache.php-multi", {"8.1": "package"}, {"8.1": "package"}),
        ("mail.smart-host", ["relay.example.com", "user", "secret"], ["relay.example.com", "user"]),
        ("dns.ip4-proxy", "192.0.2.1", "192.0.2.1"),
        ("opcenter.account-cleanup", "30  Days", "30 days"),
    ],
)
def test_a_value_becomes_what_the_scope_holds(panel: EmulatedPanel, name: str, given: Any, kept: Any) -> None:
    assert panel.call("scope:set", name, given) is True
    found = panel.call("scope:get", name)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("name", "given", "text"),
    [
        ("apache.brotli", "maybe", "apache.brotli: `maybe' is not true or false"),
        ("apache.cache", "tape", "apache.cache: `tape' is not memory, disk, memory+disk or false"),
        ("system.watchdog-load", 0, "system.watchdog-load: `0' is not a whole number from 1 to 100000"),
        ("system.timezone", "Mars/Base", "system.timezone: `Mars/Base' is not a time zone such as Europe/Berlin"),
        ("dns.ip4-proxy", "::1", "dns.ip4-proxy: `::1' is not an IPv4 address, or '' for none"),
        ("cron.start-range", "9-3", "cron.start-range: `9-3' is not hours such as 3-22"),
        ("system.sshd-port", 70000, "system.sshd-port: `70000' is not ports from 1 to 65535"),
        (
            "rampart.blacklist", "192.0.2.300",
            "rampart.blacklist: `192.0.2.300' is not IPv4 or IPv6 addresses or ranges with commas between them",
        ),
        (
            "opcenter.account-cleanup", "soon",
            "opcenter.account-cleanup: `soon' is not a span such as `30 days', or false",
        ),
        ("cp.debug", [True], "cp.debug: an array of 1 is not true or false"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused_with_what_can(
    panel: EmulatedPanel, name: str, given: Any, text: str
) -> None:
    before = panel.call("scope:get", name)
    assert panel.fault("scope:set", name, given) == text
    assert panel.call("scope:get", name) == before


def test_a_second_value_is_refused_where_one_is_taken(panel: EmulatedPanel) -> None:
    assert panel.fault("scope:set", "cp.debug", True, False) == (
        "cp.debug takes one value, not 2; scope:info cp.debug tells which"
    )


def test_a_list_takes_its_entries_one_by_one(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "net.nameservers", "9.9.9.9", "149.112.112.112")
    assert panel.call("scope:get", "net.nameservers") == ["9.9.9.9", "149.112.112.112"]


def test_values_of_a_fresh_panel_are_the_defaults_but_where_the_panel_knows_better(panel: EmulatedPanel) -> None:
    others = {}
    for name in panel.call("scope:list"):
        described = panel.call("scope:info", name)
        if described["value"] != described["default"]:
            others[name] = described["value"]
    del others["cp.config"]
    assert others == {
        "apache.evasive": [],
        "apache.shield": [],
        "argos.config": [],
        "cp.bootstrapper": [],
        "cp.flare-check": True,
        "cp.screenshots": False,
        "cp.workers": {"max": 5, "min": 1, "start": 0},
        "dns.default-provider": "null",
        "dns.default-provider-key": None,
        "dns.ip4-pool": ["192.0.2.10"],
        "dns.ip6-pool": [],
        "net.hostname": "panel.example.test",
        "net.ssl": ["testing.apisnetworks.com"],
        "rampart.fail2ban-whitelist": "",
        "rampart.whitelist": "",
        "system.sshd-port": [22],
    }


def test_setting_a_scope_to_what_it_shows_is_always_taken(panel: EmulatedPanel) -> None:
    several = (
        "apache.evasive", "apache.shield", "argos.auth", "argos.config", "argos.test", "cp.bootstrapper", "cp.config",
        "cp.license-renew", "php.multi", "system.process-limits",
    )  # fmt: skip
    before = generation(panel)
    for name in panel.call("scope:list"):
        shown = panel.call("scope:get", name)
        if name not in several and shown is not None:
            assert panel.call("scope:set", name, shown) is True, name
    assert generation(panel) == before


def test_the_present_value_begins_no_generation(panel: EmulatedPanel) -> None:
    before = generation(panel)
    panel.call("scope:set", "apache.cache", "disk")
    panel.call("scope:set", "rampart.blacklist", "")
    panel.call("scope:set", "cp.config", "auth", "admin_api", True)
    panel.call("scope:set", "net.hostname", "panel.example.test")
    assert generation(panel) == before
    panel.call("scope:set", "apache.cache", "memory")
    assert generation(panel) == before + 1
    panel.call("scope:set", "apache.cache", "memory")
    assert generation(panel) == before + 1


def test_a_value_set_back_to_the_default_is_the_default(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "apache.cache", "memory")
    panel.call("scope:set", "apache.cache", "disk")
    assert panel.call("scope:get", "apache.cache") == "disk"


def test_lists_that_only_grow(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "virus-scanner.signature-whitelist", "Eicar-Test")
    panel.call("scope:set", "virus-scanner.signature-whitelist", ["Second", "Eicar-Test"])
    assert panel.call("scope:get", "virus-scanner.signature-whitelist") == ["Eicar-Test", "Second"]
    panel.call("scope:set", "rampart.fail2ban-whitelist", "203.0.113.1")
    panel.call("scope:set", "rampart.fail2ban-whitelist", "203.0.113.0/28")
    assert panel.call("scope:get", "rampart.fail2ban-whitelist") == "203.0.113.1 203.0.113.0/28"


def test_the_lists_of_the_firewall_are_the_firewall(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("rampart:blacklist", "203.0.113.0/24")
    assert panel.call("scope:get", "rampart.blacklist") == "203.0.113.0/24"
    panel.call("scope:set", "rampart.blacklist", "198.51.100.1 198.51.100.2")
    assert panel.call("rampart:is-banned", "203.0.113.1") is False
    assert panel.call("rampart:is-banned", "198.51.100.2") is True
    panel.call("scope:set", "rampart.whitelist", ["198.51.100.0/24"])
    assert panel.call("rampart:is-banned", "198.51.100.2") is False


def test_a_temporary_entry_is_no_part_of_the_scope(panel: EmulatedPanel) -> None:
    panel.call("rampart:temp", "203.0.113.1")
    assert panel.call("scope:get", "rampart.whitelist") == ""


@pytest.mark.parametrize(
    ("name", "given", "section", "key", "kept"),
    [
        ("dns.default-provider", "cloudflare", "dns", "provider_default", "cloudflare"),
        ("net.hostname", "panel.example.com", "core", "hostname", "panel.example.com"),
        ("system.timezone", "UTC", "core", "timezone", "UTC"),
        ("mail.spam-filter", "rspamd", "mail", "spam_filter", "rspamd"),
        ("cp.debug", True, "core", "debug", True),
        ("ftp.enabled", False, "ftp", "enabled", False),
    ],
)
def test_a_scope_and_its_key_of_config_ini_are_one(
    panel: EmulatedPanel, name: str, given: Any, section: str, key: str, kept: Any
) -> None:
    panel.call("scope:set", name, given)
    assert panel.call("scope:get", "cp.config", section, key) == kept


def test_scopes_of_several_keys_show_and_set_them(panel: EmulatedPanel) -> None:
    assert panel.call("scope:get", "cp.workers") == {"max": 5, "min": 1, "start": 0}
    panel.call("scope:set", "cp.workers", {"max": 9})
    assert panel.call("scope:get", "cp.workers") == {"max": 9, "min": 1, "start": 0}
    assert panel.call("scope:get", "cp.config", "apnscpd", "max_workers") == 9
    panel.call("scope:set", "apache.ports", [8080, 8443])
    assert panel.call("scope:get", "cp.config", "httpd", "ssl_port") == 8443
    assert panel.fault("scope:set", "apache.ports", 80) == "apache.ports: `80' is not a list of 2"
    assert (
        panel.fault("scope:set", "cp.workers", {"most": 1})
        == "cp.workers: an array of 1 is not a map of max, min, start"
    )


def test_scopes_of_names_and_values_are_set_one_by_one(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "cp.bootstrapper", "mail_enabled", False)
    panel.call("scope:set", "cp.bootstrapper", "php_version", "8.1")
    assert panel.call("scope:get", "cp.bootstrapper") == {"mail_enabled": False, "php_version": "8.1"}
    assert panel.call("scope:get", "cp.bootstrapper", "php_version") == "8.1"
    assert panel.fault("scope:set", "cp.bootstrapper", "mail_enabled") == (
        "cp.bootstrapper takes a name and a value, not 1 values"
    )
    assert panel.call("scope:get", "cp.bootstrapper", "other") is None


def test_what_an_emulated_server_cannot_do_is_said(panel: EmulatedPanel) -> None:
    assert panel.call("scope:set", "cp.restart", True) is True
    assert panel.messages == (("info", "cp.restart: an emulated server has nothing to do for this"),)
    assert panel.call("scope:get", "cp.restart") is False


def test_the_password_of_a_relay_is_not_kept(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "mail.smart-host", "relay.example.com", "user", "hidden-word")
    assert "hidden-word" not in str(panel.call("scope:info", "mail.smart-host"))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("cp.bootstrapper", [["a"], 1]),
        ("cp.bootstrapper", ["a b", 1]),
        ("apache.ports", [True]),
        ("apache.ports", [["a", "b"]]),
        ("net.nameservers", [[[True]]]),
        ("argos.auth", ["\x7f"]),
        ("cp.config", [["a"], ["b"], ["c"]]),
        ("cp.config", ["core", "locale", ["a"]]),
        ("rampart.whitelist", ["0.0.0.0/0"]),
        ("fs.tmp-mount", ["x" * 70000]),
    ],
)
def test_values_of_a_wrong_shape_are_refused_and_never_break_the_panel(
    panel: EmulatedPanel, name: str, values: list[Any]
) -> None:
    text = panel.fault("scope:set", name, *values)
    assert "inside the panel" not in text
    assert name in text or text.startswith("Unknown section") or text.startswith("core.locale")
