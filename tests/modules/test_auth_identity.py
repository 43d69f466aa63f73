"""Module auth: names, permissions, login history, second factor, address restrictions."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from apnscp.opcenter.access import totp
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.store.tables import outbox_table
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel


@pytest.fixture
def session(panel: EmulatedPanel) -> str:
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1", "siteinfo.email": "o@a.com"})
    with panel.inside() as ctx:
        ctx.db.execute(user_table.insert().values(site_id=1, name="uma", password=None, created=0))
    return str(panel.call("admin:hijack", "a.com"))


def test_a_site_changes_its_domain_and_its_servers_follow(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("admin:add-site", "a.com", "alice", {"siteinfo.email": "o@a.com", "mail.mailserver": "mx.a.com"})
    session = panel.call("admin:hijack", "a.com")
    assert panel.call("auth:change-domain", "WWW.New.example", session=session) is True
    assert panel.call("auth:session-info", session=session)["domain"] == "new.example"
    assert panel.call("admin:get-meta-from-domain", "new.example", "mail", "mailserver") == "mx.new.example"
    with panel.inside() as ctx:
        assert ctx.db.execute(select(outbox_table.c.recipient, outbox_table.c.body)).all() == [
            ("o@a.com", "a.com is new.example from now on.")
        ]


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        ("a.com", "is the domain of this account already"),
        ("b.com", "in use by another account"),
        ("alias.com", "is an alias of this account"),
        ("blog.a.com", "is a subdomain of a.com"),
        ("no domain", "is not a domain"),
        ("", "is not a domain"),
    ],
)
def test_a_domain_that_cannot_be_taken_is_an_error(panel: EmulatedPanel, domain: str, text: str) -> None:
    panel.call("admin:add-site", "a.com", "alice", {"aliases.aliases": ["alias.com"]})
    panel.call("admin:add-site", "b.com", "bob")
    assert text in panel.fault("auth:change-domain", domain, session=panel.call("admin:hijack", "a.com"))


def test_settings_switch_changes_of_names_off(panel: EmulatedPanel, session: str) -> None:
    with panel.inside() as ctx:
        put(ctx.db, "auth.allow_domain_change", False)
        put(ctx.db, "auth.allow_username_change", False)
    assert "allow_domain_change" in panel.fault("auth:change-domain", "new.example", session=session)
    assert "allow_username_change" in panel.fault("auth:change-username", "carol", session=session)


def test_a_renamed_administrator_keeps_its_databases(panel: EmulatedPanel, session: str) -> None:
    assert panel.call("auth:change-username", "carol", session=session) is True
    assert panel.call("admin:get-meta-from-domain", "a.com", "siteinfo", "admin_user") == "carol"
    assert panel.call("admin:get-meta-from-domain", "a.com", "mysql", "dbaseadmin") == "carol"


@pytest.mark.parametrize("taken", ["uma", "bob", "9lives", "root", "x y"])
def test_a_user_name_that_cannot_be_taken_is_an_error(panel: EmulatedPanel, session: str, taken: str) -> None:
    panel.call("admin:add-site", "b.com", "bob")
    assert taken in panel.fault("auth:change-username", taken, session=session)
    assert panel.call("common:whoami", session=session) == "alice"


def test_the_panels_administrator_is_renamed_with_its_keys(panel: EmulatedPanel) -> None:
    assert panel.call("auth:change-username", "root2") is True
    assert panel.call("common:whoami") == "root2"
    assert "already" in panel.fault("auth:change-username", "root2")


def test_a_denied_user_is_kept_out_until_permitted(panel: EmulatedPanel, session: str) -> None:
    theirs = panel.call("admin:hijack", "a.com", "uma")
    assert panel.call("auth:user-permitted", "uma", session=session) is True
    assert panel.call("auth:deny-user", "uma", session=session) is True
    assert panel.call("auth:user-enabled", "uma", "cp", session=session) is False
    assert panel.call("auth:user-permitted", "uma", "dav", session=session) is True
    assert "ended" in panel.fault("common:whoami", session=theirs)
    again = panel.call("admin:hijack", "a.com", "uma")
    assert panel.fault("common:whoami", session=again) == "`uma' may not sign in to the panel (auth:deny-user)"
    assert panel.call("auth:permit-user", "uma", session=session) is True
    assert panel.call("common:whoami", session=again) == "uma"


def test_an_account_administrator_always_has_the_panel_and_decides_over_its_own_dav(
    panel: EmulatedPanel, session: str
) -> None:
    assert panel.call("auth:permit-user", "alice", session=session) is True
    assert panel.call("auth:deny-user", "alice", "dav", session=session) is True
    assert panel.call("auth:user-permitted", "alice", "dav", session=session) is False
    assert panel.call("auth:user-permitted", "alice", session=session) is True
    assert panel.call("auth:permit-user", "alice", "dav", session=session) is True
    assert panel.call("auth:user-enabled", "alice", "dav", session=session) is True


def test_a_name_of_the_system_is_refused_as_such(panel: EmulatedPanel, session: str) -> None:
    assert panel.fault("auth:change-username", "root", session=session).endswith("that the system does not use")


def test_permissions_know_cp_and_dav_and_are_the_administrators_to_give(panel: EmulatedPanel, session: str) -> None:
    assert "Unknown service `ftp'" in panel.fault("auth:deny-user", "uma", "ftp", session=session)
    assert "may always sign in" in panel.fault("auth:deny-user", "alice", session=session)
    theirs = panel.call("admin:hijack", "a.com", "uma")
    assert "Only an account's administrator" in panel.fault("auth:permit-user", "uma", "dav", session=theirs)
    assert panel.call("auth:user-permitted", "alice", session=session) is True
    assert panel.call("auth:user-permitted", "anybody") is True


@pytest.mark.parametrize("host", ["panel.example.test", "localhost", "127.0.0.1", "LocalHost"])
def test_the_servers_own_name_opens_a_session_of_the_administrator(panel: EmulatedPanel, host: str) -> None:
    session = panel.call("admin:hijack", host, "admin", "UI")
    assert panel.call("auth:session-info", session=session)["domain"] == ""
    assert panel.call("admin:list-plans", session=session) == ["basic", "pro"]
    assert panel.fault("admin:hijack", host, "nobody") == "Unknown user `nobody'"


def test_logins_are_remembered_without_the_current_one(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    panel.call("admin:add-site", "a.com", "alice")
    first = panel.call("admin:hijack", "a.com", None, "UI")
    assert panel.call("auth:get-last-login", session=first) == []
    panel.request("GET", f"/apps/dashboard?esprit_id={first}", ip="192.0.2.7")
    panel.flush()
    assert panel.call("auth:get-last-login", session=first) == []
    second = panel.call("admin:hijack", "a.com", None, "UI")
    panel.request("GET", f"/apps/dashboard?esprit_id={second}", ip="192.0.2.8")
    panel.request("GET", f"/apps/dashboard?esprit_id={second}", ip="192.0.2.8")
    panel.flush()
    assert panel.call("auth:get-last-login", session=second) == {"ip": "192.0.2.7", "ts": 1_700_000_000}
    assert [entry["ip"] for entry in panel.call("auth:get-login-history", 100, session=first)] == ["192.0.2.8"]


def code(secret: str, panel: EmulatedPanel, drift: int = 0) -> str:
    return totp.code_at(secret, int(panel.clock.now()) // 30 + drift)


def call_with_code(panel: EmulatedPanel, given: str, method: str = "common_whoami", key: str = "") -> tuple[int, str]:
    from apnscp.wire.soap import envelope

    reply = panel.request(
        "POST", f"/soap?authkey={key or panel.key}", envelope.request(method, []),
        {"X-Extended-Auth": given, "Abort-On": "error"},
    )  # fmt: skip
    return reply.status, reply.headers.get("www-authorization", "")


def test_codes_are_those_of_rfc_6238() -> None:
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    known = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}
    assert {at: totp.code_at(secret, at // 30) for at in known} == known


def test_a_second_factor_is_enabled_by_its_code_and_never_shown(panel: EmulatedPanel, session: str) -> None:
    panel.clock.freeze(1_700_000_000)
    secret = panel.call("auth:totp-code", session=session)
    assert len(secret) == 32
    assert "wrong" in panel.fault("auth:totp-enable", secret, "000000", session=session)
    assert panel.call("auth:enable-totp", secret, code(secret, panel), session=session) is True
    with panel.inside() as ctx:
        assert secret not in str(ctx.db.execute(select(user_table)).all())
    assert "X-Extended-Auth" in panel.fault("auth:totp-disable", session=session)


def test_a_right_code_opens_what_needs_it_once(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.clock.freeze(1_700_000_000)
    secret = panel.call("auth:totp-code")
    panel.call("auth:totp-enable", secret, code(secret, panel))
    assert "second factor" in panel.fault("auth:set-extended-auth-flag", "x" * 32)
    assert call_with_code(panel, code(secret, panel)) == (200, 'Extended realm="panel", qop="auth-int"')
    panel.clock.advance(30)
    fresh = code(secret, panel)
    assert call_with_code(panel, fresh, "auth_totp_code") == (200, "")
    assert call_with_code(panel, fresh, "auth_totp_code") == (200, 'Extended realm="panel", qop="auth-int"')
    panel.clock.advance(30)
    assert call_with_code(panel, code(secret, panel), "auth_totp_disable") == (200, "")


def test_a_weak_or_broken_secret_is_refused(panel: EmulatedPanel) -> None:
    assert "fewer than 128" in panel.fault("auth:totp-enable", "GEZDGNBVGY3TQOJQ", "000000")
    assert "no Base32" in panel.fault("auth:totp-enable", "not base 32!", "000000")


def test_extended_authentication_is_inherited_and_never_gained(panel: EmulatedPanel, session: str) -> None:
    secret = panel.call("auth:totp-code", session=session)
    panel.call("auth:totp-enable", secret, code(secret, panel), session=session)
    assert "second factor" in panel.fault("auth:totp-disable", session=session)
    assert panel.call("auth:set-extended-auth-flag", session) is True
    assert panel.call("auth:totp-disable", session=session) is True
    assert "Unknown session" in panel.fault("auth:set-extended-auth-flag", "nobody")


def test_address_restrictions_are_listed_with_their_gates(panel: EmulatedPanel, session: str) -> None:
    assert panel.call("auth:get-ip-restrictions", session=session) == []
    assert panel.call("auth:restrict-ip", "127.0.0.1", session=session) is True
    assert panel.call("auth:restrict-ip", "192.0.2.77/24", "ui", session=session) is True
    expected = {"127.0.0.1": [], "192.0.2.0/24": ["UI"]}
    assert panel.call("auth:get-ip-restrictions", session=session) == expected
    assert "listed already" in panel.fault("auth:restrict-ip", "127.0.0.1", session=session)
    assert "Unknown gate" in panel.fault("auth:restrict-ip", "192.0.2.9", "FTP", session=session)
    assert "neither an IP address" in panel.fault("auth:restrict-ip", "192.0.2", session=session)
    assert panel.call("auth:remove-ip-restriction", "192.0.2.0/24", session=session) is True
    assert "not listed" in panel.fault("auth:remove-ip-restriction", "192.0.2.0/24", session=session)


def test_a_key_works_only_from_listed_addresses(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1"})
    key = panel.call("auth:create-api-key", session=panel.call("admin:hijack", "a.com"))
    assert panel.call("auth:restrict-ip", "192.0.2.0/24", "SOAP", key=key) is True
    assert "your present address" in panel.messages[0][1]
    assert panel.fault("common:whoami", key=key) == "The API key is not valid; apnscpd env prints the administrator's"
    assert panel.call("common:whoami", key=key, ip="192.0.2.9") == "alice"
    assert panel.call("common:whoami", ip="198.51.100.1") == "admin"


def test_one_restriction_for_one_gate_closes_the_others(panel: EmulatedPanel) -> None:
    panel.call("auth:restrict-ip", "192.0.2.1", "UI")
    assert "not valid" in panel.fault("common:whoami", ip="192.0.2.1")


def test_restrictions_end_at_the_limit_of_the_account(panel: EmulatedPanel, session: str) -> None:
    panel.call("admin:edit-site", "a.com", {"auth.iprestrict": 1})
    panel.call("auth:restrict-ip", "127.0.0.1", session=session)
    text = panel.fault("auth:restrict-ip", "192.0.2.1", session=session)
    assert text == "1 address restrictions are the most that are permitted here"


def test_a_session_opened_from_a_session_of_the_pages_is_one_for_soap(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "gates.example", "gatekeeper")
    by_page = panel.call("admin:hijack", "localhost", "admin", "UI")
    inner = panel.call("admin:hijack", "gates.example", session=by_page)
    assert panel.call("auth:session-info", session=inner)["gate"] == "SOAP"
