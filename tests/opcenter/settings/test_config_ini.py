"""The scope cp.config: keys of config.ini, and that the panel obeys them (docs/panel.md, sections 16 and 31)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apnscp.core.data_files import rows_of
from apnscp.opcenter.settings.config import KEYS
from apnscp.server.app import App
from apnscp.server.deferred_writer import DeferredWriter
from apnscp.server.testing import EmulatedPanel


def set_key(panel: EmulatedPanel, section: str, key: str, value: Any) -> Any:
    return panel.call("scope:set", "cp.config", section, key, value)


def test_a_key_is_read_and_set(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    assert panel.call("scope:get", "cp.config", "auth", "subordinate_site_sso") is True
    assert set_key(panel, "auth", "subordinate_site_sso", False) is True
    assert panel.call("scope:get", "cp.config", "auth", "subordinate_site_sso") is False


def test_a_section_is_a_map_of_its_keys(panel: EmulatedPanel) -> None:
    assert panel.call("scope:get", "cp.config", "anvil") == {
        "limit": 20, "ttl": 900, "min_attempts": 3, "whitelist": "127.0.0.1",
    }  # fmt: skip


def test_all_sections_are_shown_without_a_name(panel: EmulatedPanel) -> None:
    shown = panel.call("scope:get", "cp.config")
    assert shown["bandwidth"] == {"resolution": 180, "stopgap": 125, "notify": 90}
    assert sum(len(section) for section in shown.values()) == len(KEYS)


def test_every_published_key_is_there() -> None:
    sources = [row["source"] for row in rows_of("apnscp.opcenter.settings", "config_ini.tsv")]
    assert (sources.count("list"), sources.count("text"), sources.count("emulator")) == (160, 17, 2)


@pytest.mark.parametrize(
    ("section", "key", "given", "kept"),
    [
        ("auth", "pw_check", "false", False),
        ("auth", "pw_check", 0, False),
        ("auth", "min_pw_length", "10", 10),
        ("anvil", "limit", 5.0, 5),
        ("cron", "load_limit", "1.5", 1.5),
        ("style", "theme", "night", "night"),
        ("core", "panel_brand", 42, "42"),
        ("session", "ttl", "2 hours", "2 hours"),
        ("session", "ttl", 600, "600"),
        ("core", "http_trusted_forward", "10.0.0.1, 10.1.0.0/16", "10.0.0.1,10.1.0.0/16"),
        ("core", "locale", "de_DE", "de_DE"),
        ("crm", "short_copy_admin", "", None),
        ("rampart", "delegation_set", "WHITELIST", "whitelist"),
        ("mail", "spam_filter", "false", False),
    ],
)
def test_a_value_takes_the_type_of_its_key(panel: EmulatedPanel, section: str, key: str, given: Any, kept: Any) -> None:
    assert set_key(panel, section, key, given) is True
    found = panel.call("scope:get", "cp.config", section, key)
    assert found == kept
    assert type(found) is type(kept)


@pytest.mark.parametrize(
    ("section", "key", "given", "text"),
    [
        ("auth", "pw_check", "perhaps", "auth.pw_check: `perhaps' is not true or false"),
        ("anvil", "limit", 0, "anvil.limit: `0' is not a whole number from 1 to 1000000"),
        (
            "session", "ttl", "forever",
            "session.ttl: `forever' is not a span such as `15 minutes', or a number of seconds",
        ),
        (
            "rampart", "delegation_set", "blacklist",
            "rampart.delegation_set: `blacklist' is not whitelist or ignorelist",
        ),
        ("rampart", "prefix", "a b", "rampart.prefix: `a b' is not at most 64 letters, digits, `_', `.' and `-'"),
        ("style", "theme", ["a"], "style.theme: an array of 1 is not text"),
        (
            "opcenter", "default_plan", "gold",
            "opcenter.default_plan: unknown plan `gold'; admin:list-plans names them all",
        ),
        ("soap", "wsdl", "x", "soap.wsdl is protected; the panel decides it"),
        ("dns", "provider_default", "x", "dns.provider_default is protected; scope:set dns.default-provider sets it"),
        ("core", "hostname", "x", "core.hostname is protected; scope:set net.hostname sets it"),
        ("auth", "admin_apu", True, "Unknown key `admin_apu' in [auth]; did you mean `admin_api'?"),
        ("bandwidth", "zzz", 1, "Unknown key `zzz' in [bandwidth]; there are resolution, stopgap, notify"),
        ("aut", "admin_api", True, "Unknown section `aut'; did you mean `auth'?"),
    ],
)  # fmt: skip
def test_a_refused_set_says_why(panel: EmulatedPanel, section: str, key: str, given: Any, text: str) -> None:
    assert panel.fault("scope:set", "cp.config", section, key, given) == text


def test_cp_config_needs_section_key_and_value(panel: EmulatedPanel) -> None:
    assert panel.fault("scope:set", "cp.config", "auth", "admin_api") == (
        "cp.config takes section, key and value ('' for none), not 2 values"
    )


def test_the_default_plan_is_obeyed_at_once(panel: EmulatedPanel) -> None:
    set_key(panel, "opcenter", "default_plan", "pro")
    panel.call("admin:add-site", "example.com", "bob")
    row = panel.call("admin:collect", ["siteinfo.plan"], None, ["example.com"])["example.com"]
    assert row["siteinfo"]["plan"] == "pro"


def test_the_length_of_passwords_is_obeyed_at_once(panel: EmulatedPanel) -> None:
    set_key(panel, "auth", "min_pw_length", 20)
    panel.fault("auth:change-password", "Short-Of-It-17")
    set_key(panel, "auth", "min_pw_length", 10)
    assert panel.call("auth:change-password", "Short-Of-It-17") is True


def test_the_life_of_sessions_is_obeyed_at_once(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com")
    set_key(panel, "session", "ttl", "1 minute")
    panel.clock.advance(61)
    panel.fault("common:whoami", session=session)


def test_without_admin_api_the_scopes_are_gone(panel: EmulatedPanel) -> None:
    set_key(panel, "auth", "admin_api", False)
    assert panel.fault("scope:get", "cp.debug") == "Procedure 'scope_get' not present"
    assert panel.fault("config:set", "cp.debug", True) == "Procedure 'config_set' not present"


def test_host_name_stands_in_the_values_that_name_it(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "net.hostname", "panel.example.com")
    assert panel.call("scope:get", "cp.config", "crm", "copy_admin") == "apnscp@panel.example.com"


def test_another_worker_sees_a_setting_at_its_next_call(each_panel: EmulatedPanel) -> None:
    first = each_panel
    batch = DeferredWriter(first.app.panel.engine)
    worker = replace(first.app.panel, snapshot=None, defer=batch.add)
    second = EmulatedPanel(App(worker, batch), first.key)
    assert second.call("scope:get", "cp.config", "rampart", "prefix") == "f2b-"
    set_key(first, "rampart", "prefix", "other-")
    assert second.call("scope:get", "cp.config", "rampart", "prefix") == "other-"
