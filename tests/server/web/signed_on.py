"""A browser in which somebody is signed on, without what Chromium does."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from apnscp.server.testing import EmulatedPanel, Reply
from tests.pages import send


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
