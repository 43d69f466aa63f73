"""People who look at pages, each in a browser of their own, and Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from apnscp.opcenter.users import people
from apnscp.server.testing import EmulatedPanel
from tests import browsers
from tests.pages import send, session_of
from tests.server.web import administrators
from tests.server.web.signed_on import Browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import Page


@pytest.fixture
def site(panel: EmulatedPanel) -> EmulatedPanel:
    """Give a panel with one site, site1 (a.com) of alice."""
    panel.call("admin:add-site", "a.com", "alice", {"siteinfo.email": "alice@a.com", "billing.invoice": "ABC-1"})
    return panel


@pytest.fixture
def admin(panel: EmulatedPanel) -> administrators.Browser:
    """Give a browser of the administrator."""
    return administrators.Browser(panel, panel.call("admin:hijack", "localhost", None, "UI"))


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    """Give Chromium to the tests of one file.

    No longer: while Playwright's own event loop runs in this thread, tests of other files cannot run theirs.
    """
    with browsers.chromium() as started:
        yield started


@pytest.fixture
def page(browser: Chromium, panel_url: str) -> Iterator[Page]:
    """Give an empty tab, 1280 pixels wide, in which ``page.goto("/login")`` opens the test's panel."""
    with browsers.opened(browser, panel_url) as tab:
        yield tab
