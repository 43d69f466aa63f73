"""Signing in with a password, and sign-on between accounts."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from apnscp.opcenter.access import totp
from apnscp.opcenter.access.tables import failure_table
from apnscp.opcenter.settings.config import put
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import send, session_of

FAR = "192.0.2.9"
WRONG = "User name, domain, password or code is wrong"


@pytest.fixture
def sites(panel: EmulatedPanel) -> EmulatedPanel:
    return settle(panel)


@pytest.fixture
def each_sites(each_panel: EmulatedPanel) -> EmulatedPanel:
    return settle(each_panel)


def settle(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "parent.com", "alice", {"billing.invoice": "I-1", "auth.tpasswd": "correct horse"})
    panel.call("admin:add-site", "child.com", "bob", {"billing.parent_invoice": "I-1", "billing.invoice": "J-1"})
    panel.call("admin:add-site", "sister.com", "carol", {"billing.parent_invoice": "I-1"})
    panel.call("admin:add-site", "grandchild.com", "dave", {"billing.parent_invoice": "J-1"})
    panel.call("admin:add-site", "stranger.com", "eve", {"billing.invoice": "K-1"})
    return panel


def sign_in(panel: EmulatedPanel, ip: str = FAR, **form: str) -> Reply:
    return send(panel, "/login", form, ip=ip)


def enter(panel: EmulatedPanel, session: str, where: str) -> tuple[int, str]:
    reply = panel.request("GET", f"/apps/dashboard?esprit_id={session}&switch={where}")
    assert "esprit_id" not in reply.headers.get("location", "")
    return reply.status, session_of(reply)


@pytest.mark.parametrize(
    "form",
    [
        {"user": "alice", "domain": "parent.com"},
        {"user": "alice@parent.com"},
        {"user": "alice#parent.com"},
        {"user": "Alice", "domain": "PARENT.com"},
    ],
)
def test_a_person_signs_in_and_gets_a_cookie_that_scripts_cannot_read(
    sites: EmulatedPanel, form: dict[str, str]
) -> None:
    reply = sign_in(sites, password="correct horse", **form)
    assert (reply.status, reply.headers["location"]) == (303, "/apps/dashboard")
    assert "HttpOnly" in reply.headers["set-cookie"]
    assert "SameSite=Lax" in reply.headers["set-cookie"]
    assert sites.call("common:whoami", key="", session=session_of(reply)) == "alice"
    assert sites.call("auth:session-info", key="", session=session_of(reply))["gate"] == "UI"


@pytest.mark.parametrize(
    "form",
    [
        {"user": "alice", "domain": "parent.com", "password": "wrong"},
        {"user": "nobody", "domain": "parent.com", "password": "correct horse"},
        {"user": "alice", "domain": "nowhere.test", "password": "correct horse"},
        {"user": "alice", "password": "correct horse"},
        {"user": "", "password": ""},
        {"user": "alice@parent.com", "password": "correct horse\0"},
        {"user": "alice\0@parent.com", "password": "correct horse"},
        {"user": "alice@parent.com", "password": "x" * 100_000},
        {},
    ],
)
def test_whatever_is_wrong_the_answer_is_the_same_and_counts(each_sites: EmulatedPanel, form: dict[str, str]) -> None:
    sites = each_sites
    reply = sign_in(sites, **form)
    assert reply.status == 401
    assert WRONG.encode() in reply.body
    assert "set-cookie" not in reply.headers
    with sites.inside() as ctx:
        assert ctx.db.execute(select(failure_table.c.address, failure_table.c.count)).all() == [(FAR, 1)]


def test_guessing_passwords_ends_in_a_lock(sites: EmulatedPanel) -> None:
    replies = [sign_in(sites, user="alice", domain="parent.com", password=f"guess {n}").status for n in range(21)]
    assert replies == [401] * 20 + [429]
    assert sign_in(sites, user="alice", domain="parent.com", password="correct horse").status == 429


def test_a_second_factor_is_asked_for_and_marks_the_session(sites: EmulatedPanel) -> None:
    sites.clock.freeze(1_700_000_000)
    session = sites.call("admin:hijack", "parent.com")
    secret = sites.call("auth:totp-code", session=session)
    sites.call("auth:totp-enable", secret, totp.code_at(secret, 1_700_000_000 // 30 - 1), session=session)
    known = {"user": "alice", "domain": "parent.com", "password": "correct horse"}
    assert sign_in(sites, **known).status == 401
    assert sign_in(sites, code="000000", **known).status == 401
    fresh = totp.code_at(secret, 1_700_000_000 // 30)
    extended = session_of(sign_in(sites, code=fresh, **known))
    assert sign_in(sites, code=fresh, **known).status == 401
    assert sites.call("auth:totp-disable", key="", session=extended) is True


def test_address_restrictions_and_denials_read_like_a_wrong_password(sites: EmulatedPanel) -> None:
    session = sites.call("admin:hijack", "parent.com")
    sites.call("auth:restrict-ip", "198.51.100.1", session=session)
    known = {"user": "alice", "domain": "parent.com", "password": "correct horse"}
    reply = sign_in(sites, **known)
    assert (reply.status, WRONG.encode() in reply.body) == (401, True)
    assert sign_in(sites, ip="198.51.100.1", **known).status == 303


def test_signing_out_ends_the_session(sites: EmulatedPanel) -> None:
    session = session_of(sign_in(sites, user="alice@parent.com", password="correct horse"))
    reply = send(sites, "/logout", {}, session=session)
    assert reply.status == 303
    assert "ended" in sites.fault("common:whoami", key="", session=session)


def test_a_parent_enters_its_subordinates_and_comes_back(each_sites: EmulatedPanel) -> None:
    sites = each_sites
    session = sites.call("admin:hijack", "parent.com", None, "UI")
    status, inside = enter(sites, session, "child.com")
    assert status == 303
    assert sites.call("common:whoami", key="", session=inside) == "bob"
    status, back = enter(sites, inside, "parent.com")
    assert status == 303
    assert sites.call("common:whoami", key="", session=back) == "alice"
    assert sites.call("auth:session-info", key="", session=back)["level"] == 2


@pytest.mark.parametrize("where", ["parent.com", "sister.com", "stranger.com", "panel.example.test", "%00"])
def test_a_subordinate_enters_nobody_above_or_beside_it(each_sites: EmulatedPanel, where: str) -> None:
    sites = each_sites
    session = sites.call("admin:hijack", "child.com", None, "UI")
    assert enter(sites, session, where) == (403, "")


@pytest.mark.parametrize("where", ["sister.com", "grandchild.com", "stranger.com", "child.com"])
def test_a_chain_goes_back_and_no_further(sites: EmulatedPanel, where: str) -> None:
    _, inside = enter(sites, sites.call("admin:hijack", "parent.com", None, "UI"), "child.com")
    assert enter(sites, inside, where) == (403, "")


def test_a_foreign_account_reads_like_one_that_does_not_exist(sites: EmulatedPanel) -> None:
    session = sites.call("admin:hijack", "parent.com", None, "UI")
    texts = [
        sites.request("GET", f"/apps/dashboard?esprit_id={session}&switch={where}").body.replace(where.encode(), b"X")
        for where in ("stranger.com", "nowhere.test")
    ]
    assert texts[0] == texts[1]


def test_sign_on_between_accounts_can_be_switched_off(sites: EmulatedPanel) -> None:
    with sites.inside() as ctx:
        put(ctx.db, "auth.subordinate_site_sso", False)
    assert enter(sites, sites.call("admin:hijack", "parent.com", None, "UI"), "child.com") == (403, "")


def test_a_secondary_user_of_the_parent_enters_nobody(sites: EmulatedPanel) -> None:
    with sites.inside() as ctx:
        ctx.db.execute(user_table.insert().values(site_id=1, name="uma", password=None, created=0))
    assert enter(sites, sites.call("admin:hijack", "parent.com", "uma", "UI"), "child.com") == (403, "")


def test_extended_authentication_goes_along_and_is_not_gained(sites: EmulatedPanel) -> None:
    plain = sites.call("admin:hijack", "parent.com", None, "UI")
    extended = sites.call("admin:hijack", "parent.com", None, "UI")
    sites.call("auth:set-extended-auth-flag", extended)
    for session, allowed in ((plain, False), (extended, True)):
        _, inside = enter(sites, session, "child.com")
        _, back = enter(sites, inside, "parent.com")
        secret = sites.call("auth:totp-code", session=back)
        with sites.inside() as ctx:
            totp.enable(ctx.db, ctx.panel.secret, people.require(ctx.db, 1, "alice").id, secret, 0)
        if allowed:
            assert sites.call("auth:totp-disable", key="", session=back) is True
        else:
            assert "second factor" in sites.fault("auth:totp-disable", key="", session=back)


def test_a_changed_password_of_the_parent_ends_what_it_entered(sites: EmulatedPanel) -> None:
    _, inside = enter(sites, sites.call("admin:hijack", "parent.com", None, "UI"), "child.com")
    sites.call("auth:change-password", "other horses", "alice", "parent.com")
    assert "ended" in sites.fault("common:whoami", key="", session=inside)


def test_a_cookie_alone_does_not_switch(sites: EmulatedPanel) -> None:
    session = sites.call("admin:hijack", "parent.com", None, "UI")
    reply = sites.request("GET", "/apps/dashboard?switch=child.com", headers={"Cookie": f"esprit_id={session}"})
    assert reply.status == 200
    assert b"parent.com" in reply.body


def test_a_page_without_a_session_leads_to_the_sign_in_and_is_kept_by_no_cache(panel: EmulatedPanel) -> None:
    reply = panel.request("GET", "/apps/dashboard")
    assert reply.status == 401
    assert b"Nobody is signed on here" in reply.body
    assert b'<a class="button" href="/login?next=%2Fapps%2Fdashboard">Sign in</a>' in reply.body
    assert reply.headers["cache-control"] == "no-store"


def test_a_suspended_account_sees_why_but_no_hidden_line(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "why.com", "wanda")
    session = panel.call("admin:hijack", "why.com", None, "UI")
    cookie = {"Cookie": f"esprit_id={session}"}
    panel.call("admin:deactivate-site", "why.com", {"reason": "unpaid <b>invoice</b>\n# called twice"})
    page = panel.request("GET", "/apps/dashboard", headers=cookie).body
    assert b"unpaid &lt;b&gt;invoice&lt;/b&gt;" in page
    assert b"called twice" not in page
    panel.call("scope:set", "cp.config", "auth", "show_suspension_reason", False)
    assert b"unpaid" not in panel.request("GET", "/apps/dashboard", headers=cookie).body
