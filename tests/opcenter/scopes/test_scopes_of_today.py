"""Scopes that came after 3.1, and values that came later (docs/panel.md, section 16)."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.settings.config import put
from apnscp.server.testing import EmulatedPanel


@pytest.mark.parametrize(
    ("name", "calls", "kept"),
    [
        ("apache.mutex", [["pthread"]], "pthread"),
        ("apache.ports", [[[81, False]]], [81, False]),
        ("apache.php-version", [[8.0]], "8.0"),
        ("apache.shield", [["page-count", 20], ["canonical", False]], {"page-count": 20, "canonical": False}),
        ("apache.shield-deadline", [[0, -2], [0.25, 0], [0.5, 1], [0.25, None]], {"0": -2, "0.5": 1}),
        ("apache.shield-deadline", [[{"0": -2, "0.250": 0}]], {"0": -2, "0.25": 0}),
        ("apache.shield-deadline", [[0, -2], [None]], None),
        ("apache.shield-deadline", [[0, -2], ["off"]], False),
        ("apache.shield-status", [[418, 50], [302, False], [204, -5]], {"418": 50, "302": 0, "204": -5}),
        ("apache.shield-whitelist", [["1.2.3.1/24"]], "1.2.3.0/24"),
        ("argos.auth", [["", "KEY"], ["slack", "OTHER"]], {"default": "KEY", "slack": "OTHER"}),
        ("argos.auth", [["KEY"]], {"default": "KEY"}),
        ("argos.config", [["", {"api_token": "X"}]], {"default": {"api_token": "X"}}),
        ("auth.geoip-key", [[{"id": 1234, "key": "name"}]], {"id": 1234, "key": "name"}),
        ("cp.nightly-updates", [["Mon..Fri 23:00"]], "Mon..Fri 23:00"),
        ("cp.nightly-updates", [["*-*-01 02:00"], [False]], False),
        ("cp.update-policy", [["edge-major"]], "edge-major"),
        ("cp.whitelist-access", [[True]], True),
        ("mail.smart-host", [["[mail.relay.com]:587", "user", "word"]], ["[mail.relay.com]:587", "user"]),
        ("mail.smart-host", [["mail.relay.com:25", "user", "word"]], ["mail.relay.com:25", "user"]),
        ("php.multi", [[7.4], [[5.6, 7.1]], [{"7.1": False}]], ["7.4", "5.6"]),
        (
            "system.process-limits",
            [[{"nproc.soft": 2048, "nproc.hard": 4096}], [{"nice": {"soft": 19, "hard": 5}, "core": 0}], [{"nice": None}]],
            {"nproc": {"soft": 2048, "hard": 4096}, "core": {"soft": 0, "hard": 0}},
        ),
        ("system.virus-scanner", [[False]], False),
        (
            "virus-scanner.signature-whitelist",
            [["{HEX}EICAR.TEST.3.UNOFFICIAL(44d88612fea8a8f36de82e1278abb02f:68)"]],
            ["{HEX}EICAR.TEST.3"],
        ),
    ],
)  # fmt: skip
def test_calls_leave_a_value(panel: EmulatedPanel, name: str, calls: list[list[Any]], kept: Any) -> None:
    for values in calls:
        assert panel.call("scope:set", name, *values) is True
    found = panel.call("scope:get", name)
    # the wire makes whole numbers of keys such as "418"
    assert ({str(key): value for key, value in found.items()} if isinstance(found, dict) else found) == kept


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("apache.shield", ["page-cout", 20], "apache.shield: `page-cout' is not one of its parameters: enabled, "),
        ("apache.evasive", ["x", 20], "apache.evasive: `x' is not one of its parameters: enabled, page-count"),
        ("apache.shield-status", [9, 1], "apache.shield-status: `9' is not a whole number from 100 to 599"),
        ("apache.shield-status", [418, 1.5], "apache.shield-status: `1.5' is not a score: a whole number of either sign"),
        ("apache.shield-status", [418], "apache.shield-status: `418' is not a map such as [418:50], null for the defaults"),
        ("argos.backend", ["low", "x"], "argos.backend: `low' is not a channel; there are default and high"),
        ("auth.geoip-key", [{"id": 1}], "auth.geoip-key: an array of 1 is not a map of id and key, or '' for none"),
        ("cp.nightly-updates", ["maybe"], "cp.nightly-updates: `maybe' is not true, false or a calendar text such as"),
        ("cp.role", ["boss"], "cp.role: `boss' is not data-center, default, dev, dns-only, low-memory, proxy or"),
        ("php.multi", ["new"], "php.multi: `new' is not a version of PHP such as 8.2"),
        ("system.process-limits", [{"x": 1}], "system.process-limits: `x' is not a limit such as nproc.soft or nproc"),
        ("system.process-limits", [{"core": "much"}], "system.process-limits: `much' is not a whole number, unlimited"),
        ("mail.smart-host", ["[a.example]:x", "u"], "mail.smart-host: an array of 2 is not false, or a host name or"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_refused(panel: EmulatedPanel, name: str, values: list[Any], told: str) -> None:
    assert panel.fault("scope:set", name, *values).startswith(told)


def test_second_names_of_a_scope_share_its_value(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "apache.strict-mode", False)
    assert panel.call("scope:get", "apache.strict-directives") is False
    panel.call("scope:set", "pgsql.remote", 1)
    assert panel.call("scope:get", "pgsql.remote-access") is True
    panel.call("scope:set", "system.hostname", "some.host.name")
    assert panel.messages == (("deprecated", "Scope system.hostname is called net.hostname now"),)
    assert panel.call("scope:get", "net.hostname") == "some.host.name"


def test_calendar_of_updates_is_the_schedule(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "cp.nightly-updates", "Mon..Fri 23:00")
    assert panel.call("scope:get", "cp.update-schedule") == "Mon..Fri 23:00"
    panel.call("scope:set", "cp.nightly-updates", False)
    panel.call("scope:set", "cp.nightly-updates", True)
    assert panel.call("scope:get", "cp.nightly-updates") == "Mon..Fri 23:00"
    panel.call("scope:set", "cp.update-schedule", "system")
    assert panel.call("scope:get", "cp.nightly-updates") is True


def test_channel_of_high_priority_has_a_scope_of_its_own(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "argos.backend", "high", "default")
    assert panel.call("scope:get", "argos.backend-high") == "default"
    assert panel.call("scope:get", "argos.backend") == "pushover"


def test_variables_take_any_value_and_are_read_by_role(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "cp.bootstrapper", "rspamd_autolearn_threshold", [-2.0, 15])
    panel.call("scope:set", "cp.bootstrapper", "rspamd_redis_custom_config", {"bind": "*", "port": 6780})
    panel.call("scope:set", "cp.bootstrapper", "pecl_extensions", ["zstd", '{"name":"redis"}'])
    assert panel.call("scope:get", "cp.bootstrapper", "mail/rspamd") == {
        "rspamd_autolearn_threshold": [-2.0, 15],
        "rspamd_redis_custom_config": {"bind": "*", "port": 6780},
    }
    assert panel.call("scope:get", "cp.bootstrapper", "pecl_extensions") == ["zstd", '{"name":"redis"}']
    assert panel.call("scope:get", "cp.bootstrapper", "rspamd_redis_password") is None


def test_piggyback_sets_two_variables_along(panel: EmulatedPanel) -> None:
    panel.call("scope:set", "mail.rspamd-piggyback", True)
    assert panel.call("scope:get", "cp.bootstrapper") == {"spamfilter": "spamassassin", "rspamd_enabled": True}
    panel.call("scope:set", "mail.rspamd-piggyback", False)
    assert panel.call("scope:get", "cp.bootstrapper", "rspamd_enabled") is True


def test_values_of_an_older_store_that_are_no_longer_taken_read_as_the_default(panel: EmulatedPanel) -> None:
    with panel.inside() as ctx:
        put(ctx.db, "cp.whitelist-access", ["192.0.2.1"])
        put(ctx.db, "argos.auth", "KEY")
        put(ctx.db, "auth.geoip-key", "text")
    assert panel.call("scope:get", "cp.whitelist-access") is False
    assert panel.call("scope:get", "argos.auth") == {"default": "KEY"}
    assert panel.call("scope:get", "auth.geoip-key") is None


def test_a_pattern_with_a_colon_is_one_with_a_dot(panel: EmulatedPanel) -> None:
    assert panel.call("scope:list", "cockpit:*") == ["cockpit.enabled", "cockpit.sso"]


def test_secret_of_the_panel_may_be_set_and_is_masked_in_the_journal(panel: EmulatedPanel) -> None:
    for scope in ("cp.config", "apnscp.config"):
        panel.call("scope:set", scope, "auth", "secret", "pleasedontusethis")
    panel.call("scope:set", "cp.bootstrapper", "rspamd_redis_password", "pleasedontusethis")
    panel.call("scope:set", "cp.bootstrapper", "rspamd_enabled", True)
    assert panel.call("scope:get", "cp.config", "auth", "secret") == "pleasedontusethis"
    assert "pleasedontusethis" not in str(panel.calls())
    assert "rspamd_redis_password" in str(panel.calls("scope:set"))
    assert panel.fault("scope:set", "cp.config", "auth", "totp_bits", 80) == (
        "auth.totp_bits: `80' is not a whole number from 128 to 512"
    )
