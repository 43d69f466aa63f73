"""A page of another site signs its visitors neither in nor out."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from apnscp.server.testing import EmulatedPanel, Reply


@pytest.fixture
def site(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": "correct horse"})
    return panel


def sign_in(panel: EmulatedPanel, headers: Mapping[str, str]) -> Reply:
    form = urlencode({"user": "alice", "domain": "a.com", "password": "correct horse"}).encode()
    return panel.request("POST", "/login", form, headers, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:2083"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:2082"},
    ],
)
def test_a_form_of_another_site_is_refused_and_sets_no_cookie(site: EmulatedPanel, headers: dict[str, str]) -> None:
    reply = sign_in(site, headers)
    assert reply.status == 403
    assert "set-cookie" not in reply.headers
    assert b"sent by a page of another site" in reply.body
    assert site.request("POST", "/logout", b"", headers).status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost:2082"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_the_panels_own_form_signs_in(site: EmulatedPanel, headers: dict[str, str]) -> None:
    reply = sign_in(site, headers)
    assert reply.status == 303
    assert "esprit_id=" in reply.headers["set-cookie"]


def test_a_browser_may_say_where_a_form_of_ours_comes_from(site: EmulatedPanel) -> None:
    """Under the policy `no-referrer` browsers send `Origin: null` with our own form, which could not be told apart."""
    assert site.request("GET", "/login").headers["referrer-policy"] == "same-origin"
