"""A customer's way through the panel, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from apnscp.server.testing import EmulatedPanel
from tests import browsers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SERVICES = {"ssh.enabled": 1, "crontab.enabled": 1, "crontab.permit": 1, "mysql.enabled": 1, "rampart.enabled": 1}
PAGES = (
    "dashboard", "usermanage?mode=add", "mailboxroutes", "vacation", "domainmanager?mode=add", "subdomains?mode=add",
    "changemysql?mode=add", "crontab?mode=add", "bandwidthbd", "whitelist?mode=add", "terminal", "nonsense",
)  # fmt: skip


@pytest.fixture
def customer(panel: EmulatedPanel) -> str:
    """Give a session of the administrator of parent.com, which has two accounts under it."""
    panel.call(
        "admin:add-site", "parent.com", "alice", {**SERVICES, "billing.invoice": "I-1", "auth.tpasswd": "correct horse"}
    )
    panel.call("admin:add-site", "child.com", "bob", {"billing.parent_invoice": "I-1"})
    panel.call("admin:add-site", "late.com", "carl", {"billing.parent_invoice": "I-1"})
    panel.call("admin:deactivate-site", "late.com", {"reason": "invoice J-7 is <b>unpaid</b>\n# hidden"})
    return str(panel.call("admin:hijack", "parent.com", None, "UI"))


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def test_a_sign_on_by_link_is_a_page_whose_address_can_be_shown_around(customer: str, page: Page) -> None:
    page.goto(f"/apps/dashboard?esprit_id={customer}")
    assert page.url.endswith("/apps/dashboard")
    assert heading(page) == "parent.com"
    page.get_by_text("alice@parent.com").click()
    assert page.get_by_text("sent here by admin").is_visible()
    page.get_by_role("button", name="Sign out").click()
    assert heading(page) == "Sign in"
    page.goto("/apps/dashboard")
    assert page.url.endswith("/login?next=%2Fapps%2Fdashboard")


def test_a_parent_enters_an_account_and_comes_back_to_the_page_it_left(customer: str, page: Page) -> None:
    page.goto(f"/apps/crontab?esprit_id={customer}")
    page.get_by_text("alice@parent.com").click()
    page.get_by_role("button", name="Switch to child.com").click()
    assert heading(page) == "child.com"
    page.goto("/apps/usermanage")
    page.get_by_text("bob@child.com").first.click()
    page.get_by_role("button", name="Back to parent.com").click()
    assert heading(page) == "Scheduled jobs"
    assert page.get_by_text("alice@parent.com").first.is_visible()


def test_a_suspended_account_is_told_why(customer: str, page: Page) -> None:
    page.goto(f"/apps/dashboard?esprit_id={customer}")
    page.get_by_role("button", name="Enter late.com").click()
    assert page.get_by_role("heading", name="This account is suspended").is_visible()
    assert page.get_by_text("invoice J-7 is <b>unpaid</b>").is_visible()
    assert page.get_by_text("hidden").count() == 0


def test_a_form_is_filled_in_refused_corrected_and_done(customer: str, page: Page) -> None:
    page.goto(f"/apps/usermanage?mode=add&esprit_id={customer}")
    page.get_by_label("Name", exact=True).fill("alice")
    page.get_by_label("Password").fill("long password 1")
    page.get_by_label("Full name").fill("Uma")
    page.get_by_role("button", name="Add the user").click()
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Full name").input_value() == "Uma"
    page.get_by_label("Name", exact=True).fill("uma")
    page.get_by_label("Password").fill("long password 1")
    page.get_by_role("button", name="Add the user").click()
    assert page.get_by_text("uma was added.").is_visible()
    page.get_by_label("Delete uma").click()
    page.get_by_role("button", name="Delete uma").click()
    assert page.get_by_text("uma was deleted.").is_visible()


def test_an_expired_session_signs_in_and_goes_on_where_it_was(panel: EmulatedPanel, customer: str, page: Page) -> None:
    page.goto(f"/apps/bandwidthbd?esprit_id={customer}")
    panel.clock.advance("20m")
    page.goto("/apps/subdomains?mode=add")
    assert heading(page) == "Your session is over"
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("User").fill("alice@parent.com")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Sign in").click()
    assert page.url.endswith("/apps/subdomains?mode=add")
    assert page.get_by_role("button", name="Add the subdomain").is_visible()


def test_a_page_is_reached_by_the_keyboard_alone(customer: str, page: Page) -> None:
    page.goto(f"/apps/dashboard?esprit_id={customer}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Subdomains":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/apps/subdomains")
    page.get_by_text("Add a subdomain").focus()
    page.keyboard.press("Enter")
    assert page.get_by_label("Subdomain", exact=True).is_visible()


@pytest.mark.parametrize("width", browsers.WIDTHS)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_every_page_fits_its_window_with_and_without_script(
    customer: str, browser: Browser, panel_url: str, width: str, script: bool
) -> None:
    with browsers.opened(browser, panel_url, width=width, script=script, theme="dark") as page:
        page.goto(f"/apps/dashboard?esprit_id={customer}")
        for name in PAGES:
            page.goto(f"/apps/{name}")
            assert heading(page), name
            if script:
                assert not browsers.is_wider_than_its_window(page), name
            ids = page.locator("[id]").evaluate_all("all => all.map(each => each.id)") if script else []
            assert len(ids) == len(set(ids)), name
