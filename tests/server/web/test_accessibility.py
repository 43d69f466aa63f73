"""Everybody can use the pages: axe-core finds nothing to complain of, in either theme and at either width."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from apnscp.server.testing import EmulatedPanel
from tests.browsers import WIDTHS
from tests.peers import NODE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PAGES = {
    "nobody": ("/", "/login", "/nowhere"),
    "account": (
        "/apps/dashboard", "/apps/usermanage", "/apps/mailboxroutes", "/apps/vacation", "/apps/domainmanager", "/apps/subdomains",
        "/apps/changemysql", "/apps/crontab", "/apps/bandwidthbd", "/apps/whitelist", "/apps/webapps", "/keys", "/modules",
        "/modules/user/add",
    ),
    "administrator": (
        "/apps/dashboard", "/sites", "/sites/new", "/sites/1", "/sites/1/edit", "/plans", "/settings?q=auth", "/scopes?q=dns",
        "/bans", "/outbox", "/journal", "/journal/1", "/keys", "/modules?q=suspend", "/modules/admin/add-site",
    ),
}  # fmt: skip


@pytest.fixture
def sessions(panel: EmulatedPanel) -> dict[str, str]:
    panel.call(
        "admin:add-site", "example.com", "bob", {"billing.invoice": "INV-1", "siteinfo.email": "bob@example.com"}
    )
    panel.call("admin:add-site", "child.example", "carol", {"billing.parent_invoice": "INV-1"}, {"notify": True})
    panel.call("admin:deactivate-site", "child.example", {"reason": "overdue"})
    panel.call("rampart:ban", "203.0.113.7", "sshd")
    panel.flush()
    account = panel.call("admin:hijack", "example.com", None, "UI")
    panel.call("user:add", "ann", "s3cret-Word-9", session=account)
    return {"nobody": "", "account": account, "administrator": panel.call("admin:hijack", "localhost", None, "UI")}


@pytest.mark.parametrize(("theme", "width"), [("light", "desktop"), ("dark", "phone")])
@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing_on_any_page(
    need: Callable[[str], str],
    browser: Browser,
    panel_url: str,
    sessions: dict[str, str],
    who: str,
    theme: Any,
    width: str,
) -> None:
    need("axe")
    axe = (NODE / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    context = browser.new_context(
        base_url=panel_url, viewport={"width": WIDTHS[width], "height": 900}, color_scheme=theme, bypass_csp=True
    )  # the policy of the pages would keep axe out
    if sessions[who]:
        context.add_cookies([{"name": "esprit_id", "value": sessions[who], "url": panel_url}])
    page, found = context.new_page(), []
    for path in PAGES[who]:
        page.goto(path)
        page.add_script_tag(content=axe)
        for violation in page.evaluate("axe.run()")["violations"]:
            targets = [node["html"][:160] for node in violation["nodes"]]
            found.append((path, violation["id"], violation["impact"], targets))
    context.close()
    assert found == []
