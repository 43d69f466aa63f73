"""The way to the sign-in and back to the page that was asked for, and sessions that are over."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from apnscp.opcenter.access.tables import failure_table
from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import send

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def site(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "example.com", "bob", {"auth.tpasswd": "correct horse"})
    return panel


def get(panel: EmulatedPanel, path: str, session: str = "", ip: str = "127.0.0.1") -> Reply:
    cookie = {"Cookie": f"esprit_id={session}"} if session else {}
    return panel.request("GET", path, headers=BROWSER | cookie, ip=ip)


def test_a_browser_without_a_session_is_led_to_the_sign_in_and_back(site: EmulatedPanel) -> None:
    led = get(site, "/apps/subdomains?mode=add")
    assert (led.status, led.headers["location"]) == (302, "/login?next=%2Fapps%2Fsubdomains%3Fmode%3Dadd")
    assert b'name="next" value="/apps/subdomains?mode=add"' in get(site, led.headers["location"]).body
    form = {"user": "bob@example.com", "password": "correct horse", "next": "/apps/subdomains?mode=add"}
    assert send(site, "/login", form).headers["location"] == "/apps/subdomains?mode=add"


def test_a_wrong_password_keeps_the_way_back(site: EmulatedPanel) -> None:
    form = {"user": "bob@example.com", "password": "wrong", "next": "/apps/crontab"}
    assert b'name="next" value="/apps/crontab"' in send(site, "/login", form).body


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example", "/\\evil", "/login", "/logout"])
def test_the_sign_in_leads_nowhere_else(site: EmulatedPanel, path: str) -> None:
    form = {"user": "bob@example.com", "password": "correct horse", "next": path}
    assert send(site, "/login", form).headers["location"] == "/apps/dashboard"


def test_an_expired_session_says_so_and_is_forgotten(site: EmulatedPanel) -> None:
    session = site.call("admin:hijack", "example.com", None, "UI")
    site.clock.advance(901)
    reply = get(site, "/apps/crontab?user=bob", session)
    assert reply.status == 401
    assert b"<h1>Your session is over</h1>" in reply.body
    assert b"This session has expired after 15 minutes without use; sign in again" in reply.body
    assert b'href="/login?next=%2Fapps%2Fcrontab%3Fuser%3Dbob"' in reply.body
    assert reply.cookies[0].startswith("esprit_id=; ")


def test_a_session_for_the_api_opens_no_page(site: EmulatedPanel) -> None:
    reply = get(site, "/apps/dashboard", site.call("admin:hijack", "example.com", None, "SOAP"))
    assert reply.status == 401
    assert b"This session is for the API (gate SOAP) and opens no page" in reply.body


def test_a_foreign_session_counts_as_one_failed_attempt_for_a_page(site: EmulatedPanel) -> None:
    assert get(site, "/apps/dashboard", "x" * 32, ip="192.0.2.9").status == 401
    with site.inside() as ctx:
        assert ctx.db.execute(select(failure_table.c.count)).scalars().all() == [1]


def test_a_sign_on_that_failed_says_why_instead_of_asking_for_a_password(site: EmulatedPanel) -> None:
    reply = get(site, f"/apps/dashboard?esprit_id={'x' * 32}")
    assert reply.status == 401
    assert b"The session is not known" in reply.body
    assert "x" * 32 not in reply.body.decode()
