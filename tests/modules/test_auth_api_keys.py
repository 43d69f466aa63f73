"""Module auth: API keys."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from apnscp.opcenter.access.tables import api_key_table
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel


@pytest.fixture
def session(panel: EmulatedPanel) -> str:
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1"})
    return str(panel.call("admin:hijack", "a.com"))


def test_a_site_makes_lists_comments_and_deletes_keys(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.clock.freeze(1_700_000_000)
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "I-1"})
    session = panel.call("admin:hijack", "a.com")
    key = panel.call("auth:create-api-key", "billing", session=session)
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert panel.call("auth:get-api-keys", session=session) == [{"key": key, "last_used": None, "comment": "billing"}]
    assert panel.call("common:whoami", key=key) == "alice"
    panel.flush()
    assert panel.call("auth:get-api-keys", key=key)[0]["last_used"] == 1_700_000_000
    dashed = "-".join(key[at : at + 8] for at in range(0, 64, 8)).upper()
    assert panel.call("auth:set-api-key-comment", dashed, "shop", session=session) is True
    assert panel.call("auth:set-api-key-comment", key, "shop", session=session) is False
    assert panel.call("auth:delete-api-key", dashed, session=session) is True
    assert panel.call("auth:delete-api-key", key, session=session) is False
    assert "not valid" in panel.fault("common:whoami", key=key)


def test_a_key_is_sealed_in_the_store_and_its_hash_is_keyed(panel: EmulatedPanel, session: str) -> None:
    key = panel.call("auth:create-api-key", session=session)
    with panel.inside() as ctx:
        kept = str(ctx.db.execute(select(api_key_table)).all())
    assert key not in kept
    import hashlib

    assert hashlib.sha256(key.encode()).hexdigest() not in kept


def test_a_user_has_ten_keys_at_most(panel: EmulatedPanel, session: str) -> None:
    for _ in range(10):
        panel.call("auth:create-api-key", session=session)
    text = panel.fault("auth:create-api-key", session=session)
    assert text == "`alice' has 10 API keys already, the most that a user may have; delete one first"


def test_an_account_without_invoice_has_no_keys(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.com", "alice")
    session = panel.call("admin:hijack", "a.com")
    assert "no invoice" in panel.fault("auth:create-api-key", session=session)
    assert re.fullmatch("[0-9a-f]{64}", panel.call("auth:create-api-key", "the administrator needs none"))


def test_a_long_comment_is_cut_with_a_warning(panel: EmulatedPanel, session: str) -> None:
    panel.call("auth:create-api-key", "x" * 300, session=session)
    assert panel.messages == (("warning", "The comment was cut after 255 characters"),)
    assert panel.call("auth:get-api-keys", session=session)[0]["comment"] == "x" * 255


def test_a_key_for_another_user_is_that_users(panel: EmulatedPanel, session: str) -> None:
    with panel.inside() as ctx:
        ctx.db.execute(user_table.insert().values(site_id=1, name="uma", password=None, created=0))
    key = panel.call("auth:create-api-key", "hers", "uma", session=session)
    assert panel.call("common:whoami", key=key) == "uma"
    assert panel.call("auth:get-api-keys", session=session) == []
    assert [entry["key"] for entry in panel.call("auth:get-api-keys", "uma", session=session)] == [key]
    assert panel.fault("auth:create-api-key", "", "nobody", session=session) == "Unknown user `nobody'"
    assert "Only the account's administrator" in panel.fault("auth:get-api-keys", "alice", key=key)


def test_an_unknown_key_and_one_that_is_no_key_are_errors(panel: EmulatedPanel, session: str) -> None:
    panel.call("auth:create-api-key", session=session)
    assert "Unknown API key" in panel.fault("auth:delete-api-key", "ab" * 32, session=session)
    for method in ("auth:delete-api-key", "auth:set-api-key-comment"):
        text = panel.fault(method, "not-a-key!", session=session)
        assert text == "The key holds other characters than hexadecimal digits and dashes"


def test_keys_follow_a_renamed_user(panel: EmulatedPanel, session: str) -> None:
    key = panel.call("auth:create-api-key", session=session)
    assert panel.call("auth:change-username", "Carol", session=session) is True
    assert panel.call("common:whoami", key=key) == "carol"
    assert panel.call("common:whoami", session=session) == "carol"


def test_a_deleted_key_ends_the_sessions_it_opened(panel: EmulatedPanel, session: str) -> None:
    key = panel.call("auth:create-api-key")
    other = panel.call("admin:hijack", "a.com", key=key)
    assert panel.call("common:whoami", key="", session=other) == "alice"
    panel.call("auth:delete-api-key", key)
    assert "ended" in panel.fault("common:whoami", key="", session=other)
    assert panel.call("common:whoami", key="", session=session) == "alice"


def test_the_first_use_of_a_key_is_seen_at_once(each_panel: EmulatedPanel) -> None:
    key = each_panel.call("auth:create-api-key", "fresh")
    each_panel.call("common:whoami", key=key)
    used = {entry["comment"]: entry["last_used"] for entry in each_panel.call("auth:get-api-keys")}
    assert isinstance(used["fresh"], int)
