"""The list of sites, and the page of one."""

from __future__ import annotations

import pytest

from apnscp.opcenter.sites import listing
from apnscp.opcenter.sites.listing import Search
from apnscp.server.testing import EmulatedPanel
from tests.server.web.administrators import Browser


@pytest.fixture
def three(panel: EmulatedPanel) -> EmulatedPanel:
    panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "ABC-1", "siteinfo.plan": "pro"})
    panel.call(
        "admin:add-site", "b.com", "bob", {"billing.parent_invoice": "ABC-1", "aliases.aliases": ["shop.example"]}
    )
    panel.call("admin:add-site", "c.com", "carol")
    panel.call("admin:deactivate-site", "c.com", {"reason": "unpaid"})
    return panel


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["a.com", "b.com", "c.com"]),
        ("q=b.co", ["b.com"]),
        ("q=SHOP.exam", ["b.com"]),
        ("q=carol", ["c.com"]),
        ("q=abc-", ["a.com", "b.com"]),
        ("q=site2", ["b.com"]),
        ("q=%25", []),
        ("q=_", []),
        ("plan=pro", ["a.com"]),
        ("state=suspended", ["c.com"]),
        ("state=active", ["a.com", "b.com"]),
        ("state=active&q=com&plan=basic", ["b.com"]),
        ("invoice=ABC-1", ["a.com", "b.com"]),
        ("invoice=ABC", []),
        ("sort=domain&order=down", ["c.com", "b.com", "a.com"]),
        ("sort=admin&order=down", ["c.com", "b.com", "a.com"]),
        ("sort=plan&order=down", ["a.com", "c.com", "b.com"]),
        ("sort=doc&order=sideways&state=odd&page=x", ["a.com", "b.com", "c.com"]),
        ("page=9", []),
    ],
)
def test_the_list_is_searched_and_sorted_by_its_address(
    three: EmulatedPanel, admin: Browser, query: str, found: list[str]
) -> None:
    assert [site["domain"] for site in admin.facts(f"/sites?{query}")["sites"]] == found


def test_searches_find_the_same_on_both_databases(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "a.com", "alice", {"billing.invoice": "ABC-1"})
    each_panel.call("admin:add-site", "b.com", "bob", {"billing.parent_invoice": "ABC-1", "siteinfo.plan": "pro"})
    each_panel.call("admin:deactivate-site", "b.com")

    def found(search: Search) -> list[str]:
        with each_panel.inside() as ctx:
            return [row.domain for row in listing.page(ctx.db, search, at=0, size=50).rows]

    assert found(Search("abc-1")) == ["a.com", "b.com"]
    assert found(Search("LIC")) == ["a.com"]
    assert found(Search("site2")) == ["b.com"]
    assert found(Search(plan="pro", state="suspended", invoice="ABC-1")) == ["b.com"]
    assert found(Search(state="active")) == ["a.com"]


def test_fifty_sites_stand_on_a_page_and_the_rest_on_the_next(panel: EmulatedPanel, admin: Browser) -> None:
    panel.seed([f"s{number:02}.com" for number in range(53)])
    first, second = admin.text("/sites?q=s"), admin.text("/sites?q=s&page=2")
    assert "1–50 of 53" in first
    assert 'rel="next" href="/sites?q=s&amp;page=2"' in first
    assert "s49.com" in first and "s50.com" not in first
    assert "51–53 of 53" in second
    assert 'rel="prev" href="/sites?q=s&amp;page=1"' in second


def test_a_site_is_found_by_number_id_domain_and_alias(three: EmulatedPanel, admin: Browser) -> None:
    for name in ("2", "site2", "b.com", "shop.example"):
        assert admin.facts(f"/sites/{name}")["domain"] == "b.com"


def test_the_page_of_a_site_tells_what_it_is_and_uses(three: EmulatedPanel, admin: Browser) -> None:
    facts = admin.facts("/sites/1")
    assert (facts["admin"], facts["plan"], facts["invoice"]) == ("alice", "pro", "ABC-1")
    assert facts["usage"]["storage"]["qhard"] == 20000 * 1024
    assert facts["usage"]["bandwidth"]["threshold"] == 500 * 1024**3
    assert "Suspended since" not in admin.text("/sites/1")


def test_a_site_is_suspended_with_a_reason_and_activated(site: EmulatedPanel, admin: Browser) -> None:
    page = admin.follow(admin.send("/sites/1/suspend", {"reason": "unpaid\r\n# called twice", "template": ""}))
    assert "site1 (a.com) was suspended" in page
    assert "unpaid\n# called twice" in page
    assert "The customer sees: unpaid" in page
    page = admin.follow(admin.send("/sites/1/suspend", {"reason": "INV-7", "template": "nonpayment"}))
    assert "an invoice is overdue" in page
    assert "# INV-7" in page
    page = admin.follow(admin.send("/sites/1/activate"))
    assert "site1 (a.com) was activated" in page
    assert "Suspended since" not in page
    assert len(site.calls("admin:activate-site")) == 1


def test_an_unknown_template_is_refused_in_words(site: EmulatedPanel, admin: Browser) -> None:
    page = admin.follow(admin.send("/sites/1/suspend", {"template": "nonsense"}))
    assert "Unknown suspension template `nonsense&#39;" in page
    assert admin.facts("/sites/1")["suspended_at"] is None


def test_a_site_is_deleted_only_with_its_domain_as_the_word(site: EmulatedPanel, admin: Browser) -> None:
    for word in ("", "b.com", "a.comm"):
        assert "nothing was deleted" in admin.follow(admin.send("/sites/1/delete", {"word": word}))
    page = admin.follow(admin.send("/sites/1/delete", {"word": " A.com "}))
    assert "site1 (a.com) was deleted" in page
    assert "There are no sites yet" in page
    assert site.call("admin:get-site-id-from-domain", "a.com") is None


def test_a_new_password_is_set_and_never_shown(site: EmulatedPanel, admin: Browser) -> None:
    assert "is too weak" in admin.follow(admin.send("/sites/1/password", {"password": "alice"}))
    page = admin.follow(admin.send("/sites/1/password", {"password": "correct horse battery"}))
    assert "site1 (a.com) was given a new password" in page
    assert "correct horse" not in page
    assert "correct horse" not in str(site.calls("admin:edit-site"))


def test_the_administrator_enters_a_site_and_comes_back(site: EmulatedPanel, admin: Browser) -> None:
    own = admin.cookie("esprit_id")
    page = admin.follow(admin.send("/sites/1/enter"))
    assert "alice@a.com" in page
    assert "sent here by <strong>admin</strong>" in page
    assert "Back to the administrator" in page
    entered = admin.cookie("esprit_id") or ""
    assert entered != own
    assert admin.get("/sites").status_code == 403
    assert "Add a site" in admin.follow(admin.send("/return"))
    assert admin.cookie("esprit_id") == own
    assert admin.cookie("apnscp_back") is None
    assert "Back to the administrator" not in admin.text("/sites")
    assert Browser(site, entered).get("/apps/dashboard").status_code == 401


def test_sign_out_in_an_entered_site_ends_the_administrators_session_too(site: EmulatedPanel, admin: Browser) -> None:
    own = admin.cookie("esprit_id")
    admin.send("/sites/1/enter")
    assert admin.send("/logout").status_code == 303
    assert admin.cookie("apnscp_back") is None
    assert Browser(site, own).get("/sites").status_code == 401


def test_nobody_comes_back_to_a_session_that_is_not_the_administrators(site: EmulatedPanel) -> None:
    user = Browser(site, site.call("admin:hijack", "a.com", None, "UI"))
    for session in (
        "",
        "x" * 32,
        site.call("admin:hijack", "a.com", None, "UI"),
        site.call("admin:hijack", "localhost"),
    ):
        user.client.set_cookie("apnscp_back", session)
        assert user.send("/return").status_code == 403
        assert "alice@a.com" in user.text("/apps/dashboard")


def test_a_user_of_a_site_can_be_entered_by_name(site: EmulatedPanel, admin: Browser) -> None:
    session = site.call("admin:hijack", "a.com")
    site.call("user:add", "eve", "correct horse battery", session=session)
    assert "eve" in admin.text("/sites/1")
    page = admin.follow(admin.send("/sites/1/enter", {"user": "eve"}))
    assert "`eve&#39; may not sign in to the panel" in page
    assert "Enter as this user" in page
    site.call("auth:permit-user", "eve", "cp", session=session)
    assert "eve@a.com" in admin.follow(admin.send("/sites/1/enter", {"user": "eve"}))
