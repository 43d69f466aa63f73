"""The pages of the administrator are for the administrator, and their forms come from the panel."""

from __future__ import annotations

import pytest

from apnscp.opcenter.store import outbox
from apnscp.server.testing import EmulatedPanel
from tests.server.web.administrators import Browser

PAGES = [
    "/sites", "/sites/new", "/sites/1", "/sites/1/edit", "/plans", "/settings", "/settings/core.debug", "/scopes",
    "/scopes/net.hostname", "/bans", "/outbox", "/outbox/1",
]  # fmt: skip
FORMS = [
    "/sites/new", "/sites/many", "/sites/1/edit", "/sites/1/suspend", "/sites/1/activate", "/sites/1/password",
    "/sites/1/delete", "/sites/1/enter", "/settings/core.debug", "/scopes/net.hostname", "/bans/ban", "/bans/unban",
    "/bans/whitelist", "/bans/blacklist",
]  # fmt: skip


@pytest.fixture
def with_mail(site: EmulatedPanel) -> EmulatedPanel:
    site.call("auth:reset-password", None, "a.com")
    return site


@pytest.mark.parametrize("path", PAGES)
def test_the_administrator_sees_every_page(with_mail: EmulatedPanel, admin: Browser, path: str) -> None:
    page = admin.text(path)
    assert page.count("<h1>") == 1
    assert '<main id="content">' in page
    assert isinstance(admin.facts(path), dict)


@pytest.mark.parametrize("path", PAGES)
def test_nobody_else_sees_any(with_mail: EmulatedPanel, path: str) -> None:
    user = Browser(with_mail, with_mail.call("admin:hijack", "a.com", None, "UI"))
    reply = user.get(path)
    assert reply.status_code == 403
    assert "This page is for the administrator of the panel; you are signed on as alice@a.com" in reply.text
    reply = Browser(with_mail).get(path)
    assert (reply.status_code, reply.headers["location"].partition("?")[0]) == (302, "/login")


@pytest.mark.parametrize("path", FORMS)
def test_a_site_user_sends_no_form_of_the_administrator(site: EmulatedPanel, path: str) -> None:
    user = Browser(site, site.call("admin:hijack", "a.com", None, "UI"))
    form = {"word": "a.com", "action": "delete", "site": "1:1", "step": "do", "address": "192.0.2.1", "jail": "sshd"}
    assert user.send(path, form).status_code == 403
    assert site.call("admin:get-site-id-from-domain", "a.com") == 1
    assert site.call("rampart:is-banned", "192.0.2.1") is False


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_page_is_refused(site: EmulatedPanel, admin: Browser, path: str) -> None:
    form = {"word": "a.com", "action": "delete", "site": "1:1", "step": "do", "address": "192.0.2.1", "jail": "sshd"}
    for reply in (admin.send(path, form | {"token": ""}), admin.send(path, form, Origin="https://evil.example")):
        assert reply.status_code == 403
    assert site.call("admin:get-site-id-from-domain", "a.com") == 1
    assert site.call("rampart:is-banned", "192.0.2.1") is False


def test_what_was_written_by_others_is_shown_as_text(site: EmulatedPanel, admin: Browser) -> None:
    evil = "<script>alert(1)</script>"
    site.call("admin:deactivate-site", "a.com", {"reason": evil})
    site.call("admin:edit-site", "a.com", {"siteinfo.notes": evil, "billing.invoice": evil[:34]})
    site.call("scope:set", "apache.system-directive", evil)
    site.call("scope:set", "cp.config", "core", "panel_brand", evil)
    with site.inside() as ctx:
        outbox.send(ctx, f"{evil}@a.com", evil, evil)
    pages = ["/sites", "/sites/1", "/sites/1/edit", "/settings", "/settings/core.panel_brand", "/scopes"]
    pages += [
        "/scopes/apache.system-directive",
        "/outbox",
        "/outbox/1",
        f"/sites?q={evil}",
        f"/plans?first={evil}&second=pro",
    ]
    pages += [f"/bans?q={evil}", f"/outbox?q={evil}", f"/settings?q={evil}", f"/scopes?q={evil}"]
    for path in pages:
        page = admin.text(path)
        assert "<script>alert" not in page, path
        assert "&lt;script&gt;alert" in page, path


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/sites/99", "There is no site `99&#39;"),
        ("/sites/nowhere.com/edit", "There is no site `nowhere.com&#39;"),
        ("/settings/core.nothing", "There is no setting `core.nothing&#39;"),
        ("/scopes/no.scope", "There is no scope `no.scope&#39;"),
        ("/outbox/7", "There is no mail 7 in the outbox"),
    ],
)
def test_what_is_not_there_is_not_found(admin: Browser, path: str, told: str) -> None:
    reply = admin.get(path)
    assert reply.status_code == 404
    assert told in reply.text


def test_every_form_of_these_pages_has_a_token(site: EmulatedPanel, admin: Browser) -> None:
    site.call("rampart:ban", "192.0.2.1", "sshd")
    site.call("rampart:whitelist", "192.0.2.2")
    for path in PAGES[:-1]:
        page = admin.text(path)
        assert page.count('method="post"') == page.count('name="token"'), path
