"""Who is calling, and what the gate refuses."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from apnscp.opcenter.access.tables import failure_table
from apnscp.opcenter.settings.config import put
from apnscp.server.testing import EmulatedPanel

FAR = "192.0.2.9"


@pytest.fixture
def alice(panel: EmulatedPanel) -> str:
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1"})
    return str(panel.call("admin:hijack", "a.com"))


def setting(panel: EmulatedPanel, name: str, value: object) -> None:
    with panel.inside() as ctx:
        put(ctx.db, name, value)


def failures(panel: EmulatedPanel) -> dict[str, int]:
    with panel.inside() as ctx:
        return {row[0]: row[1] for row in ctx.db.execute(select(failure_table.c.address, failure_table.c.count))}


def test_a_session_lives_from_use_to_use_and_ends_after_fifteen_minutes(panel: EmulatedPanel, alice: str) -> None:
    for _ in range(3):
        panel.clock.advance(800)
        assert panel.call("common:whoami", session=alice) == "alice"
        panel.flush()
    panel.clock.advance(901)
    text = panel.fault("common:whoami", session=alice)
    assert text == "This session has expired after 15 minutes without use; sign in again"


def test_an_unknown_or_empty_session_beside_a_valid_key_is_ignored(panel: EmulatedPanel) -> None:
    assert panel.call("common:whoami", session="5f2b8c9d0a1e4f3b6c7d8e9fa0b1c2d3", ip=FAR) == "admin"
    assert panel.call("common:whoami", session="", ip=FAR) == "admin"
    assert failures(panel) == {}


def test_a_session_of_a_deleted_account_has_ended_even_beside_a_key(panel: EmulatedPanel, alice: str) -> None:
    panel.call("admin:delete-site", "a.com", {"force": True})
    assert panel.fault("common:whoami", session=alice) == "This session has ended; sign in again"


def test_failures_are_counted_and_lock_an_address_out_for_the_rest_of_the_time(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.clock.freeze(1_700_000_000)
    for number in range(20):
        panel.clock.advance(10)
        assert "not valid" in panel.fault("common:whoami", key=f"{number:064x}", ip=FAR)
    assert failures(panel) == {FAR: 20}
    reply = panel.request("POST", f"/soap?authkey={panel.key}", b"", ip=FAR)
    assert (reply.status, reply.headers["retry-after"]) == (429, "710")
    assert b"Too many failed attempts from 192.0.2.9; try again in 710 seconds" in reply.body
    assert panel.call("common:whoami", ip="192.0.2.10") == "admin"
    panel.clock.advance(710)
    assert panel.call("common:whoami", ip=FAR) == "admin"
    panel.fault("common:whoami", key="ab" * 32, ip=FAR)
    assert failures(panel)[FAR] == 1


def test_what_counts_as_a_failure(panel: EmulatedPanel) -> None:
    panel.fault("common:whoami", key="ab" * 32, ip="192.0.2.1")
    panel.fault("common:whoami", key="", session="x" * 32, ip="192.0.2.2")
    panel.fault("common:whoami", key="", ip="192.0.2.3")
    panel.fault("common:whoami", key="ab" * 32, ip="127.0.0.1")
    panel.fault("common:whoami", key="ab" * 32, ip="2001:db8:1:2:3::4")
    panel.fault("common:whoami", key="ab" * 32, ip="2001:db8:1:2:9::9")
    assert failures(panel) == {"192.0.2.1": 1, "192.0.2.2": 1, "2001:db8:1:2::/64": 2}


def test_an_ended_session_is_no_failure(panel: EmulatedPanel, alice: str) -> None:
    panel.clock.advance(2_000)
    panel.fault("common:whoami", session=alice, ip=FAR)
    assert failures(panel) == {}


def test_answers_to_failures_are_held_back_longer_and_longer(panel: EmulatedPanel) -> None:
    held = [
        panel.request("POST", f"/soap?authkey={number:064x}", b"", ip=FAR).headers.get("x-apnscp-delay")
        for number in range(9)
    ]
    assert held == [None, None, "0.25", "0.5", "1", "2", "4", "4", "4"]


def test_a_whitelisted_range_never_fails(panel: EmulatedPanel) -> None:
    setting(panel, "anvil.whitelist", "127.0.0.1, 192.0.2.0/28 nonsense")
    for _ in range(25):
        panel.fault("common:whoami", key="ab" * 32, ip=FAR)
    assert failures(panel) == {}
    assert panel.call("common:whoami", ip=FAR) == "admin"


def test_an_address_that_is_locked_out_counts_on_without_a_longer_lock(panel: EmulatedPanel) -> None:
    setting(panel, "anvil.limit", 2)
    for _ in range(5):
        panel.fault("common:whoami", key="ab" * 32, ip=FAR)
    panel.flush()
    assert failures(panel) == {FAR: 5}
    panel.clock.advance(901)
    assert panel.call("common:whoami", ip=FAR) == "admin"


def test_the_address_behind_a_trusted_proxy_is_the_one_that_is_locked_out(panel: EmulatedPanel) -> None:
    setting(panel, "core.http_trusted_forward", "198.51.100.0/24")
    setting(panel, "anvil.limit", 3)

    def status(peer: str, forwarded: str, key: str) -> int:
        return panel.request("POST", f"/soap?authkey={key}", b"", {"X-Forwarded-For": forwarded}, ip=peer).status

    assert [status("198.51.100.1", "203.0.113.5", "ab" * 32) for _ in range(4)] == [401, 401, 401, 429]
    assert status("198.51.100.1", "203.0.113.6", "ab" * 32) == 401
    assert status("203.0.113.7", "203.0.113.5", "ab" * 32) == 401
    assert status("198.51.100.1", "garbage, ::ffff:203.0.113.8", "ab" * 32) == 401
    assert failures(panel) == {"203.0.113.5": 3, "203.0.113.6": 1, "203.0.113.7": 1, "203.0.113.8": 1}


def test_suspended_accounts_are_let_in_or_not_as_set(panel: EmulatedPanel, alice: str) -> None:
    key = panel.call("auth:create-api-key", session=alice)
    panel.call("admin:deactivate-site", "a.com")
    assert panel.call("common:whoami", key=key) == "alice"
    setting(panel, "auth.suspended_login", False)
    refusal = "The account is suspended and [auth] suspended_login is off"
    assert panel.fault("common:whoami", key=key) == refusal
    assert panel.fault("common:whoami", session=alice) == refusal
    assert panel.call("common:whoami") == "admin"


def test_sessions_of_a_site_and_its_users_carry_their_roles(panel: EmulatedPanel, alice: str) -> None:
    assert panel.call("auth:session-info", session=alice)["level"] == 2
    assert panel.fault("admin:collect", session=alice) == "Procedure 'admin_collect' not present"
    panel.call("admin:edit-site", "a.com", {"siteinfo.admin_user": "carol"})
    assert panel.call("common:whoami", session=alice) == "carol"


@pytest.mark.parametrize(
    "cookies",
    [
        'cart={"a": 1}; esprit_id=%s', "esprit_id=%s; a[b]=c", "name=b\xf6rse; esprit_id=%s", "plain; esprit_id=%s",
        'open="x; esprit_id=%s', "path=/; esprit_id=%s", 'x=1;esprit_id="%s"',
    ],
)  # fmt: skip
def test_other_cookies_of_any_form_do_not_hide_the_session(panel: EmulatedPanel, alice: str, cookies: str) -> None:
    body = (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><common_whoami/></e:Body></e:Envelope>'
    )
    reply = panel.request("POST", f"/soap?authkey={panel.key}", body.encode(), {"Cookie": cookies % alice})
    assert b">alice<" in reply.body
