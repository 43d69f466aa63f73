"""People who look at pages: the administrators of two accounts, and a user of one of them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import pytest

from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import send, session_of


@dataclass(frozen=True)
class Browser:
    """A browser in which somebody is signed on."""

    panel: EmulatedPanel
    session: str

    def get(self, path: str, **headers: str) -> Reply:
        return self.panel.request("GET", path, headers={"Cookie": f"esprit_id={self.session}", **headers})

    def text(self, path: str) -> str:
        reply = self.get(path)
        assert reply.status == 200, reply.body.decode()
        return reply.body.decode()

    def send(self, path: str, form: dict[str, str] | None = None, **headers: str) -> Reply:
        return send(self.panel, path, form or {}, session=self.session, headers=headers)

    def sent(self, path: str, form: dict[str, str] | None = None, **headers: str) -> str:
        reply = self.send(path, form, **headers)
        assert reply.status == 200, reply.body.decode()
        return reply.body.decode()


def code(page: str, label: str) -> str:
    """Return the text of a block of code that has a copy button."""
    found = re.search(rf"<figcaption>{label} <.*?<code>(.*?)</code>", page, re.DOTALL)
    assert found, page
    return html.unescape(found[1])


@pytest.fixture
def filled(panel: EmulatedPanel) -> EmulatedPanel:
    panel.seed("example.com", admin="bob", invoice="INV-1")
    panel.seed("other.com", admin="eve", invoice="INV-2")
    with panel.inside() as ctx:
        people.add(ctx.db, 1, "ann", None, 0)
    return panel


@pytest.fixture
def bob(filled: EmulatedPanel) -> Browser:
    return Browser(filled, filled.call("admin:hijack", "example.com", None, "UI"))


@pytest.fixture
def eve(filled: EmulatedPanel) -> Browser:
    return Browser(filled, filled.call("admin:hijack", "other.com", None, "UI"))


@pytest.fixture
def ann(filled: EmulatedPanel) -> Browser:
    return Browser(filled, filled.call("admin:hijack", "example.com", "ann", "UI"))


@pytest.fixture
def root(filled: EmulatedPanel) -> Browser:
    filled.call("auth:change-password", "Sesame-0pens", "olga")
    form = {"user": "olga", "domain": "", "password": "Sesame-0pens"}
    return Browser(filled, session_of(send(filled, "/login", form)))
