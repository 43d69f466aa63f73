"""Plans, settings, scopes, bans and the outbox."""

from __future__ import annotations

import pytest

from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.settings.config import KEYS
from apnscp.opcenter.settings.meanings import MEANINGS
from apnscp.opcenter.store import outbox
from apnscp.server.testing import EmulatedPanel
from tests.server.web.administrators import Browser


def test_a_plan_shows_what_it_sets_over_its_base(panel: EmulatedPanel, admin: Browser) -> None:
    panel.plan("gold", {"users.max": 9, "diskquota.quota": 4000})
    panel.call("admin:add-site", "a.com", "alice", {"siteinfo.plan": "gold"})
    plans = {plan["name"]: plan for plan in admin.facts("/plans")["plans"]}
    gold = plans["gold"]
    assert (gold["base"], gold["sites"], plans["basic"]["base"]) == ("basic", 1, ".skeleton")
    assert {row["name"]: (row["before"], row["after"], row["same"]) for row in gold["sets"]} == {
        "users,max": ("500", "9", False),
        "diskquota,quota": ("4000", "4000", True),
    }


def test_any_two_plans_are_compared(panel: EmulatedPanel, admin: Browser) -> None:
    rows = admin.facts("/plans?first=basic&second=pro")["difference"]["rows"]
    assert ("diskquota,quota", "4000", "20000") in [(row["name"], row["before"], row["after"]) for row in rows]
    assert "They do not differ" in admin.text("/plans?first=pro&second=pro")
    assert "Unknown plan `gold&#39;" in admin.text("/plans?first=gold&second=pro")


def test_a_plan_that_was_removed_is_shown_while_sites_name_it(panel: EmulatedPanel, admin: Browser) -> None:
    panel.seed("a.com", **{"siteinfo.plan": panel.plan("gold")})
    with panel.inside() as ctx:
        plans_of(ctx).remove("gold")
    assert 'id="p-gold"' in admin.text("/plans")
    assert "it no longer exists" in admin.text("/plans")
    assert "<option selected>gold</option>" in admin.text("/sites/1/edit")


def test_every_setting_has_a_meaning() -> None:
    assert list(MEANINGS) == list(KEYS)
    assert all(len(text) > 5 and not text.endswith(".") for text in MEANINGS.values())


def test_settings_are_searched_by_name_meaning_and_value(admin: Browser) -> None:
    def found(query: str) -> list[str]:
        return [each["name"] for each in admin.facts(f"/settings?q={query}")["settings"]]

    assert found("pw_length") == ["auth.min_pw_length"]
    assert found("second+factor+bits") == ["auth.totp_bits"]
    assert "opcenter.default_plan" in found("basic")
    assert found("nothing-of-the-kind") == []


def test_a_setting_is_changed_and_brought_back(panel: EmulatedPanel, admin: Browser) -> None:
    page = admin.follow(admin.send("/settings/auth.min_pw_length", {"value": "12"}))
    assert "auth.min_pw_length was set" in page
    assert panel.call("scope:get", "cp.config", "auth", "min_pw_length") == 12
    assert [each["name"] for each in admin.facts("/settings?changed=1")["settings"]] == ["auth.min_pw_length"]
    admin.follow(admin.send("/settings/auth.min_pw_length", {"value": "", "action": "reset"}))
    assert panel.call("scope:get", "cp.config", "auth", "min_pw_length") == 7


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("/settings/auth.min_pw_length", "long", "auth.min_pw_length: `long&#39; is not a whole number from 1 to 255"),
        ("/settings/core.run_dir", "/tmp", "core.run_dir is protected"),
        ("/settings/opcenter.default_plan", "gold", "unknown plan `gold&#39;"),
        ("/scopes/system.sshd-port", "0", "system.sshd-port"),
        ("/scopes/dns.ip4-pool", "[1,", "ot closed"),
        ("/scopes/rampart.whitelist", "nowhere", "rampart.whitelist"),
    ],
)
def test_a_value_that_cannot_be_set_is_told_and_kept_in_the_form(
    admin: Browser, path: str, value: str, told: str
) -> None:
    reply = admin.send(path, {"value": value})
    assert reply.status_code == 422
    assert told in reply.text


def test_secret_settings_are_hidden(panel: EmulatedPanel, admin: Browser) -> None:
    panel.call("scope:set", "cp.config", "auth", "secret", "sesame-street")
    assert "sesame" not in admin.text("/settings") + admin.text("/settings/auth.secret")
    assert "(hidden)" in admin.text("/settings/auth.secret")


@pytest.mark.parametrize(
    ("scope", "text", "value"),
    [
        ("system.timezone", "Europe/Berlin", "Europe/Berlin"),
        ("apache.brotli", "true", True),
        ("mail.spam-filter", "false", False),
        ("system.watchdog-load", "80", 80),
        ("dns.ip4-pool", "192.0.2.1\n192.0.2.2", ["192.0.2.1", "192.0.2.2"]),
        ("mail.smart-host", "relay.example\nuser\nsecret", None),
        ("apache.evasive", "page-count\n50", None),
    ],
)
def test_a_scope_is_changed_by_its_form(
    panel: EmulatedPanel, admin: Browser, scope: str, text: str, value: object
) -> None:
    page = admin.follow(admin.send(f"/scopes/{scope}", {"value": text}))
    assert f"{scope} was set" in page
    if value is not None:
        assert panel.call("scope:get", scope) == value
    if scope == "apache.evasive":
        assert panel.call("scope:get", scope, "page-count") == 50


def test_bans_are_shown_by_jail_with_what_is_left(panel: EmulatedPanel, admin: Browser) -> None:
    panel.clock.freeze(1_800_000_000)
    admin = Browser(panel, panel.call("admin:hijack", "localhost", None, "UI"))
    assert "203.0.113.9 was banned from sshd" in admin.follow(
        admin.send("/bans/ban", {"address": "203.0.113.9", "jail": "sshd"})
    )
    panel.call("rampart:ban", "198.51.100.0/24", "recidive")
    panel.clock.advance(90)
    jails = {jail["name"]: jail for jail in admin.facts("/bans")["jails"]}
    assert [(each["address"], each["left"]) for each in jails["sshd"]["entries"]] == [("203.0.113.9", "8 min 30 s")]
    assert [(each["address"], each["left"]) for each in jails["recidive"]["entries"]] == [
        ("198.51.100.0/24", "9 d 23 h")
    ]
    assert [jail["name"] for jail in admin.facts("/bans?q=203.0")["jails"]] == ["sshd"]
    page = admin.follow(admin.send("/bans/unban", {"address": "203.0.113.9", "jail": "sshd"}))
    assert "The ban of 203.0.113.9 from sshd was lifted" in page
    assert panel.call("rampart:is-banned", "203.0.113.9") is False
    panel.clock.advance(10 * 86400)
    admin = Browser(panel, panel.call("admin:hijack", "localhost", None, "UI"))
    assert "Nobody is banned" in admin.text("/bans")


def test_the_lists_are_added_to_and_taken_from(panel: EmulatedPanel, admin: Browser) -> None:
    for name in ("whitelist", "blacklist"):
        page = admin.follow(admin.send(f"/bans/{name}", {"address": "192.0.2.0/24"}))
        assert f"192.0.2.0/24 was put on the {name}" in page
        assert "192.0.2.0/24" in str(panel.call("scope:get", f"rampart.{name}"))
        admin.follow(admin.send(f"/bans/{name}", {"address": "192.0.2.0/24", "mode": "remove"}))
        assert "192.0.2.0/24" not in str(panel.call("scope:get", f"rampart.{name}"))


@pytest.mark.parametrize(
    ("action", "form", "told"),
    [
        ("ban", {"address": "nowhere", "jail": "sshd"}, "nowhere"),
        ("ban", {"address": "192.0.2.1", "jail": "sshx"}, "Unknown jail"),
        ("whitelist", {"address": "192.0.2.300"}, "192.0.2.300"),
        ("blacklist", {"address": "192.0.2.1", "mode": "burn"}, "Unknown mode"),
    ],
)
def test_an_entry_that_cannot_be_is_refused_in_words(
    admin: Browser, action: str, form: dict[str, str], told: str
) -> None:
    page = admin.follow(admin.send(f"/bans/{action}", form))
    assert 'class="note error"' in page
    assert told in page


def test_what_accounts_let_through_is_shown(site: EmulatedPanel, admin: Browser) -> None:
    site.call("admin:edit-site", "a.com", {"rampart.max": 5, "rampart.whitelist": ["192.0.2.9"]})
    assert [(each["site_id"], each["address"]) for each in admin.facts("/bans")["delegated"]] == [(1, "192.0.2.9")]


def test_the_outbox_is_newest_first_searchable_and_readable(panel: EmulatedPanel, admin: Browser) -> None:
    with panel.inside() as ctx:
        for number in range(1, 53):
            outbox.send(ctx, f"u{number}@a.com", f"Subject {number}", f"Line one\n<b>Body</b> {number}")
    facts = admin.facts("/outbox")
    assert (facts["total"], len(facts["mails"]), facts["mails"][0]["subject"]) == (52, 50, "Subject 52")
    assert [mail["subject"] for mail in admin.facts("/outbox?page=2")["mails"]] == ["Subject 2", "Subject 1"]
    assert [mail["subject"] for mail in admin.facts("/outbox?q=BODY%3C/b%3E+17")["mails"]] == ["Subject 17"]
    assert admin.facts("/outbox?q=%25")["mails"] == []
    page = admin.text("/outbox/17")
    assert "Line one\n&lt;b&gt;Body&lt;/b&gt; 17" in page
