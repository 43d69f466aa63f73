"""Forms as a browser sends them: with the cookie and the token of the page that they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from apnscp.server.testing import EmulatedPanel, Reply

FORM = "application/x-www-form-urlencoded"


def cookies_of(reply: Reply) -> dict[str, str]:
    """Return the cookies that an answer sets."""
    found: dict[str, str] = {}
    for line in reply.cookies:
        found |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
    return found


def session_of(reply: Reply) -> str:
    """Return the session that an answer lets the browser keep, empty without one."""
    return cookies_of(reply).get("esprit_id", "")


def token_of(page: bytes) -> str:
    """Return the token of the forms of a page."""
    found = re.search(rb'name="token" value="([0-9a-f]{40})"', page)
    assert found, page.decode()
    return found[1].decode()


def send(
    panel: EmulatedPanel, path: str, form: Mapping[str, str], *, session: str | None = None, ip: str = "127.0.0.1",
    headers: Mapping[str, str] | None = None, cookies: Mapping[str, str] | None = None,
) -> Reply:  # fmt: skip
    """Load the page with the form of signing in, or any page with the session, and send a form with its token."""
    kept = ({"esprit_id": session} if session else {}) | dict(cookies or {})
    page = panel.request("GET", "/login", headers={"Cookie": _line(kept)} if kept else {}, ip=ip)
    cookie = _line(kept | cookies_of(page))
    body = urlencode({"token": token_of(page.body), **form}).encode()
    return panel.request("POST", path, body, {"Cookie": cookie, **(headers or {})}, ip=ip, content_type=FORM)


def _line(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
