"""Chromium for the tests of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give Chromium to the tests of one file.

    No longer: while Playwright's own event loop runs in this thread, tests of other files cannot run theirs.
    """
    with browsers.chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, panel_url: str) -> Iterator[Page]:
    """Give an empty tab, 1280 pixels wide, in which ``page.goto("/login")`` opens the test's panel."""
    with browsers.opened(browser, panel_url) as tab:
        yield tab
