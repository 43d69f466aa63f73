"""A customer's way through the panel, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apnscp.server.testing import EmulatedPanel

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_sign_on_by_link_is_a_page_whose_address_can_be_shown_around(panel: EmulatedPanel, page: Page) -> None:
    panel.call("admin:add-site", "example.com", "bob")
    session = panel.call("admin:hijack", "example.com", None, "UI")
    page.goto(f"/apps/dashboard?esprit_id={session}")
    assert page.url.endswith("/apps/dashboard")
    assert page.get_by_role("heading", level=1).inner_text() == "example.com"
    page.get_by_text("bob@example.com").click()
    assert page.get_by_text("sent here by admin").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Sign in"
