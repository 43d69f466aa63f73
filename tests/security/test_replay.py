"""What has ended stays ended, whoever sends it again."""

from __future__ import annotations

from typing import Any

from apnscp.opcenter.access import sessions, totp
from apnscp.server.testing import EmulatedPanel
from apnscp.wire.soap import envelope


def test_an_expired_session_is_refused_beside_the_administrators_key_too(neighbours: Any) -> None:
    panel, session = neighbours.panel, neighbours.session()
    panel.clock.advance(901)
    for key in ("", panel.key):
        assert panel.fault("common:whoami", session=session, key=key).startswith("This session has expired")


def test_an_expired_session_is_refused_after_its_row_is_gone(neighbours: Any) -> None:
    panel, session = neighbours.panel, neighbours.session()
    with panel.inside() as ctx:
        sessions.prune(ctx.db, ctx.clock.unix() + 40 * 86400)
    assert panel.fault("common:whoami", session=session) == "This session has ended; sign in again"


def test_turning_the_clock_back_does_not_revive_what_was_ended(neighbours: Any) -> None:
    panel, session = neighbours.panel, neighbours.session()
    panel.call("auth:change-password", "correct horse", "alice", "a.com")
    panel.clock.advance(-3_600)
    assert "ended" in panel.fault("common:whoami", session=session)


def test_a_session_does_not_pass_to_an_account_that_is_added_later(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    session = panel.call("admin:hijack", "a.com")
    panel.call("admin:delete-site", "a.com", {"force": True})
    panel.call("admin:add-site", "a.com", "alice")
    assert "ended" in panel.fault("common:whoami", session=session)
    assert panel.call("admin:get-site-id-from-domain", "a.com") == 2


def test_a_deleted_key_stays_deleted(neighbours: Any) -> None:
    panel = neighbours.panel
    key = panel.call("auth:create-api-key", session=neighbours.session())
    assert panel.call("common:whoami", key=key) == "alice"
    panel.call("admin:delete-site", "a.com", {"force": True})
    assert "not valid" in panel.fault("common:whoami", key=key)


def test_a_code_of_the_second_factor_is_taken_once(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    secret = panel.call("auth:totp-code")
    panel.call("auth:totp-enable", secret, totp.code_at(secret, 1_700_000_000 // 30))
    panel.clock.advance(30)
    code = totp.code_at(secret, 1_700_000_030 // 30)

    def accepted(given: str) -> bool:
        body = envelope.request("common_whoami", [])
        reply = panel.request("POST", f"/soap?authkey={panel.key}", body, {"X-Extended-Auth": given})
        return "www-authorization" not in reply.headers

    assert [accepted(code), accepted(code)] == [True, False]
    panel.clock.advance(300)
    assert not accepted(code)
