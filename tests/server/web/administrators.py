"""A browser in which somebody is signed on, for tests of the pages of the administrator."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from werkzeug.test import Client, TestResponse

from apnscp.server.testing import EmulatedPanel
from tests.pages import token_of


class Browser:
    """Keeps cookies, and sends forms with the token of the page that they come from."""

    def __init__(self, panel: EmulatedPanel, session: str | None = None) -> None:
        """Open a browser; session: who is signed on, nobody without one."""
        self.client = Client(panel.wsgi)
        if session:
            self.client.set_cookie("esprit_id", session)

    def get(self, path: str, accept: str = "text/html") -> TestResponse:
        """Load a page."""
        return self.client.get(path, headers={"Accept": accept}, base_url="http://localhost:2082")

    def text(self, path: str) -> str:
        """Load a page that must be there, and return it."""
        reply = self.get(path)
        assert reply.status_code == 200, reply.text
        return reply.text

    def facts(self, path: str) -> Any:
        """Return what a page tells, as JSON."""
        return self.get(path, "application/json").json

    def send(self, path: str, form: Mapping[str, Any] = {}, **headers: str) -> TestResponse:
        """Send a form with the token of a page."""
        token = token_of(self.get("/apps/dashboard").data)
        sent = {"token": token, **form}
        return self.client.post(path, data=sent, headers=headers, base_url="http://localhost:2082")

    def cookie(self, name: str) -> str | None:
        """Return what the browser keeps under a name."""
        found = self.client.get_cookie(name)
        return None if found is None else found.value

    def follow(self, reply: TestResponse) -> str:
        """Return the page to which an answer sends the browser."""
        assert reply.status_code == 303, reply.text
        return self.text(reply.headers["location"])


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden input of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def edit_form(browser: Browser, path: str, changes: Mapping[str, str]) -> dict[str, str]:
    """Return the form of a page for editing, with some of its inputs filled in."""
    page = browser.text(path)
    return {"revision": hidden(page, "revision"), "base": hidden(page, "base"), "action": "preview", **changes}


def resent(page: str, form: Mapping[str, str], **changes: str) -> dict[str, str]:
    """Return a form once more, from the page that answered to it."""
    again = {name: hidden(page, name) for name in ("revision", "base", "previewed") if f'name="{name}"' in page}
    return {**form, **again, **changes}
