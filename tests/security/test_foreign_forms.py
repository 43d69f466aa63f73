"""A page of another site signs its visitors neither in nor out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import FORM, send, session_of, token_of


@pytest.fixture
def site(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "a.com", "alice", {"auth.tpasswd": "correct horse"})
    return panel


def sign_in(panel: EmulatedPanel, headers: Mapping[str, str]) -> Reply:
    form = {"user": "alice", "domain": "a.com", "password": "correct horse"}
    return send(panel, "/login", form, headers=headers)


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
    assert len(session_of(reply)) == 32


def test_a_browser_may_say_where_a_form_of_ours_comes_from(site: EmulatedPanel) -> None:
    """Under the policy `no-referrer` browsers send `Origin: null` with our own form, which could not be told apart."""
    assert site.request("GET", "/login").headers["referrer-policy"] == "same-origin"


KNOWN = b"user=alice&domain=a.com&password=correct+horse"


def test_a_form_without_the_token_of_a_page_is_refused(site: EmulatedPanel) -> None:
    for sent in (KNOWN, KNOWN + b"&token=", KNOWN + b"&token=" + b"0" * 40, KNOWN + "&token=é".encode()):
        reply = site.request("POST", "/login", sent, content_type=FORM)
        assert (reply.status, reply.headers.get("set-cookie")) == (403, None)
        assert b"This form is not valid any more" in reply.body


def test_the_token_of_one_browser_is_of_no_use_to_another(site: EmulatedPanel) -> None:
    token = token_of(site.request("GET", "/login").body).encode()
    for cookie in ({}, {"Cookie": "apnscp_form=another"}, {"Cookie": f"esprit_id={'x' * 32}"}):
        assert site.request("POST", "/login", KNOWN + b"&token=" + token, cookie, content_type=FORM).status == 403
