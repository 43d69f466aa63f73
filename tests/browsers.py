"""Chromium, driven by Playwright: for tests that click, type and look."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests.peers import require

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
"""No process of the browser talks to anything but the panel."""
WIDTHS = {"desktop": 1280, "phone": 390}
PATIENCE = 60_000
"""Milliseconds after which something that has to appear has failed, on the slowest of machines."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the machine's own Chromium for the length of the block, or skip the test where there is none."""
    program = require("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS), timeout=PATIENCE)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, base: str, *, width: str = "desktop", theme: str = "light", script: bool = True
) -> Iterator[Page]:
    """Open a tab with cookies of its own; what a page's script gets wrong, and what the policy blocks, fails the test.

    base: address of the panel, so that ``page.goto("/login")`` will do
    width: a name of WIDTHS; theme: light or dark; script: whether pages may run scripts
    """
    context = browser.new_context(
        base_url=base, viewport={"width": WIDTHS[width], "height": 900}, java_script_enabled=script,
        color_scheme="dark" if theme == "dark" else "light",
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    page, wrong = context.new_page(), list[str]()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if "Content Security Policy" in told.text else None)
    yield page
    context.close()
    assert wrong == []


def is_wider_than_its_window(page: Page) -> bool:
    """Tell whether a page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def keep(page: Page, folder: Path, name: str) -> Path:
    """Keep a picture of a whole page and return its path."""
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    return path
