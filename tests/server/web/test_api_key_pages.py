"""Dev > API Keys: made, shown once, commented and deleted, each only by whom it concerns."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

import pytest

from apnscp.server.testing import EmulatedPanel
from tests.pages import FORM, token_of
from tests.server.web.signed_on import Browser, code


def bob_at(panel: EmulatedPanel, moment: str) -> Browser:
    """Stop the clock and let bob sign on then."""
    panel.clock.freeze(moment)
    return Browser(panel, panel.call("admin:hijack", "example.com", None, "UI"))


def numbers(page: str) -> list[str]:
    return re.findall(r'href="/keys/(\d+)"', page)


def test_a_new_key_is_shown_once_and_works_at_once(bob: Browser) -> None:
    key = code(bob.sent("/keys", {"comment": "WHMCS"}), "API key")
    assert re.fullmatch("[0-9a-f]{64}", key)
    assert bob.panel.call("common:whoami", key=key) == "bob"
    page = bob.text("/keys")
    assert key not in page
    assert f"{key[:8]}…" in page
    assert "WHMCS" in page
    assert bob.get("/keys").headers["cache-control"] == "no-store"


def test_a_key_carries_the_rules_that_were_typed(filled: EmulatedPanel) -> None:
    bob = bob_at(filled, "2027-01-01")
    form = {
        "expires": "30 days",
        "profile": "read-only",
        "commands": "auth_create_api_key",
        "addresses": "192.0.2.0/28",
    }
    key = code(bob.sent("/keys", form), "API key")
    page = bob.text("/keys")
    assert "2027-01-31 00:00:00 UTC" in page
    assert "auth:create-api-key, @read-only" in page
    assert "192.0.2.0/28" in page
    assert bob.panel.call("common:whoami", key=key, ip="192.0.2.1") == "bob"
    assert "its rule `addresses'" in bob.panel.fault("common:whoami", key=key, ip="192.0.2.99")
    assert "may not call auth:change-username" in bob.panel.fault("auth:change-username", "x", key=key, ip="192.0.2.1")
    assert '<span class="badge bad">ended</span>' in bob_at(filled, "2027-02-01").text("/keys")


def test_last_use_is_shown(filled: EmulatedPanel) -> None:
    bob = bob_at(filled, "2027-01-01T10:00")
    key = code(bob.sent("/keys"), "API key")
    assert "<dt>Last used</dt><dd>never</dd>" in bob.text("/keys")
    bob.panel.call("common:whoami", key=key)
    bob.panel.flush()
    assert "<dt>Last used</dt><dd>2027-01-01 10:00:00 UTC</dd>" in bob.text("/keys")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"expires": "tomorrow-ish"}, "`tomorrow-ish' is not a time; write 30 days, 2030-12-31 or never"),
        ({"expires": "2001-01-01"}, "`2001-01-01' has passed by the panel's clock"),
        ({"addresses": "home"}, "`home' is neither an IP address nor a range such as 192.0.2.0/24"),
        ({"commands": "no:such"}, "Unknown command or profile `no:such'; misc:list-commands lists the commands"),
        ({"profile": "god"}, "Unknown command or profile `@god'"),
        ({"user": "nobody"}, "Unknown user `nobody'"),
    ],
)
def test_what_is_no_rule_is_said_beside_the_form_and_makes_no_key(
    bob: Browser, form: dict[str, str], said: str
) -> None:
    reply = bob.send("/keys", {"comment": "kept <as typed>", **form})
    assert reply.status == 400
    page = reply.body.decode().replace("&#39;", "'")
    assert said in page
    assert 'value="kept &lt;as typed&gt;"' in page
    assert bob.panel.call("auth:get-api-keys", session=bob.session) == []


def test_a_comment_is_changed(bob: Browser) -> None:
    key = code(bob.sent("/keys", {"comment": "old"}), "API key")
    (number,) = numbers(bob.text("/keys"))
    assert 'value="old"' in bob.text(f"/keys/{number}")
    assert bob.send(f"/keys/{number}", {"comment": "new"}).headers["location"] == "/keys?done=comment"
    assert bob.panel.call("auth:get-api-keys", session=bob.session)[0] == {
        "key": key,
        "last_used": None,
        "comment": "new",
    }


def test_a_key_is_deleted_after_it_was_asked(bob: Browser) -> None:
    key = code(bob.sent("/keys", {"comment": "old"}), "API key")
    (number,) = numbers(bob.text("/keys"))
    assert "Delete this key?" in bob.text(f"/keys/{number}/delete")
    assert bob.panel.call("common:whoami", key=key) == "bob"
    assert bob.send(f"/keys/{number}/delete").headers["location"] == "/keys?done=deleted"
    assert "not valid" in bob.panel.fault("common:whoami", key=key)
    assert "There is no key yet." in bob.text("/keys?done=deleted")
    assert bob.get(f"/keys/{number}").status == 404


def test_the_calls_of_the_page_stand_in_the_journal(bob: Browser) -> None:
    bob.sent("/keys", {"comment": "WHMCS"})
    (call,) = bob.panel.calls("auth:create-api-key")
    assert (call.user, call.site_id, call.arguments) == ("bob", 1, ("WHMCS",))


def test_keys_of_another_account_are_neither_seen_changed_nor_deleted(
    bob: Browser, eve: Browser, root: Browser
) -> None:
    key = code(bob.sent("/keys", {"comment": "secret plan"}), "API key")
    (number,) = numbers(bob.text("/keys"))
    for other in (eve, root):
        assert "secret plan" not in other.text("/keys")
        for reply in (
            other.get(f"/keys/{number}"), other.get(f"/keys/{number}/delete"),
            other.send(f"/keys/{number}", {"comment": "mine"}), other.send(f"/keys/{number}/delete"),
        ):  # fmt: skip
            assert reply.status == 404
            assert b"There is no such API key among yours" in reply.body
    assert [row["comment"] for row in bob.panel.call("auth:get-api-keys", key=key)] == ["secret plan"]


def test_keys_of_the_panel_are_not_shown_to_an_account(bob: Browser, root: Browser) -> None:
    root.sent("/keys", {"comment": "of root"})
    assert "of root" in root.text("/keys")
    assert len(numbers(root.text("/keys"))) == len(root.panel.call("auth:get-api-keys")) + 1
    assert "There is no key yet." in bob.text("/keys")


def test_an_administrator_keeps_the_keys_of_the_account_s_users(bob: Browser) -> None:
    key = code(bob.sent("/keys", {"user": "ann", "comment": "hers"}), "API key")
    assert bob.panel.call("common:whoami", key=key) == "ann"
    bob.sent("/keys", {"comment": "mine"})
    page = bob.text("/keys")
    assert "<dd>ann</dd>" in page
    number = numbers(page)[0]
    bob.send(f"/keys/{number}", {"comment": "of ann"})
    assert bob.panel.call("auth:get-api-keys", "ann", session=bob.session)[0]["comment"] == "of ann"
    bob.send(f"/keys/{number}/delete")
    assert "not valid" in bob.panel.fault("common:whoami", key=key)


def test_a_user_of_an_account_is_told_for_whom_the_page_is(ann: Browser) -> None:
    for reply in (ann.get("/keys"), ann.send("/keys"), ann.get("/keys/1"), ann.send("/keys/1/delete")):
        assert reply.status == 403
        assert b"This page is for administrators of the panel and of accounts" in reply.body
    assert 'href="/keys"' not in ann.text("/modules")


def test_nobody_is_sent_to_the_sign_in(filled: EmulatedPanel) -> None:
    assert filled.request("GET", "/keys").status == 401


def test_a_form_without_token_or_of_another_site_is_refused(bob: Browser) -> None:
    code(bob.sent("/keys"), "API key")
    (number,) = numbers(bob.text("/keys"))
    cookie = {"Cookie": f"esprit_id={bob.session}"}
    token = token_of(bob.get("/keys").body)
    for path in ("/keys", f"/keys/{number}", f"/keys/{number}/delete"):
        assert bob.panel.request("POST", path, b"comment=x", cookie, content_type=FORM).status == 403
        foreign = cookie | {"Origin": "https://evil.example"}
        body = urlencode({"token": token, "comment": "x"}).encode()
        assert bob.panel.request("POST", path, body, foreign, content_type=FORM).status == 403
    assert [row["comment"] for row in bob.panel.call("auth:get-api-keys", session=bob.session)] == [""]


def test_markup_in_a_comment_is_text(bob: Browser) -> None:
    made = bob.sent("/keys", {"comment": "<script>alert(1)</script>"})
    listed = bob.text("/keys")
    (number,) = numbers(listed)
    for page in (made, listed, bob.text(f"/keys/{number}"), bob.text(f"/keys/{number}/delete")):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_what_the_method_refuses_the_page_refuses(filled: EmulatedPanel) -> None:
    filled.seed("poor.com", admin="poor")
    poor = Browser(filled, filled.call("admin:hijack", "poor.com", None, "UI"))
    reply = poor.send("/keys")
    assert reply.status == 400
    assert b"The account has no invoice (billing,invoice); API keys need one" in reply.body


def limited(panel: EmulatedPanel, commands: str, expires: str) -> Browser:
    """Give the session of bob that a limited key of the panel opened."""
    from apnscp.opcenter.access import keys
    from apnscp.opcenter.users import people
    from apnscp.server.web.key_forms import expiry

    with panel.inside() as ctx:
        owner = people.first_of_panel(ctx.db)
        assert owner is not None
        rules = keys.Rules(expires=expiry(expires, ctx.clock.now()), commands=commands)
        key = keys.make(ctx.db, ctx.panel.secret, owner, comment="limited", now=ctx.clock.unix(), rules=rules)
    return Browser(panel, panel.call("admin:hijack", "example.com", None, "UI", key=key))


def test_a_session_of_a_limited_key_makes_no_wider_one(filled: EmulatedPanel) -> None:
    filled.clock.freeze("2027-01-01")
    bob = limited(filled, "admin:hijack,auth:*", "10 days")
    reply = bob.send("/keys", {"commands": "site:*"})
    assert reply.status == 400
    assert b"The API key behind this session has the commands admin:hijack,auth:*" in reply.body
    bob.sent("/keys", {"expires": "90 days"})
    page = bob.text("/keys")
    assert "admin:hijack, auth:*" in page
    assert "2027-01-11 00:00:00 UTC" in page


def test_a_session_of_a_key_that_shows_no_keys_shows_none(filled: EmulatedPanel) -> None:
    bob = limited(filled, "@billing", "never")
    reply = bob.get("/keys")
    assert reply.status == 403
    assert b"The API key may not call auth:get-api-keys" in reply.body


def test_the_lines_make_a_call_that_the_key_may_make(root: Browser) -> None:
    page = root.sent("/keys", {"commands": "admin:get-usage"})
    assert code(page, "cpcmd").endswith(" admin:get-usage")
    key = code(page, "API key")
    assert "may not call" in root.panel.fault("common:whoami", key=key)


def test_both_databases_keep_keys_and_their_rules(each_panel: EmulatedPanel) -> None:
    each_panel.seed("example.com", admin="bob", invoice="INV-1")
    bob = Browser(each_panel, each_panel.call("admin:hijack", "example.com", None, "UI"))
    bob.sent("/keys", {"comment": "WHMCS", "profile": "billing", "expires": "2099-12-31", "addresses": "192.0.2.7"})
    (row,) = json.loads(bob.get("/keys", Accept="application/json").body)["keys"]
    assert (row["comment"], row["owner"], row["commands"], row["addresses"]) == (
        "WHMCS",
        "bob",
        "@billing",
        "192.0.2.7",
    )
    assert (row["expires"], row["last_used"], row["ended"]) == (4_102_358_400, None, False)
