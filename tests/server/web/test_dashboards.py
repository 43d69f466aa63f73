"""What the dashboards show, to the account and to the administrator of the panel."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apnscp.opcenter.sites import listing
from apnscp.server.testing import EmulatedPanel
from tests.pages import send, session_of

PASSWORD = "correct horse battery"


def show(panel: EmulatedPanel, session: str, path: str = "/apps/dashboard") -> str:
    reply = panel.request("GET", path, headers={"Cookie": f"esprit_id={session}"})
    assert reply.status == 200, reply.body
    return reply.body.decode()


def facts(panel: EmulatedPanel, session: str, path: str = "/apps/dashboard") -> Any:
    headers = {"Cookie": f"esprit_id={session}", "Accept": "application/json"}
    return json.loads(panel.request("GET", path, headers=headers).body)


def customer(panel: EmulatedPanel, user: str | None = None, **parameters: Any) -> str:
    panel.seed("example.com", admin="bob", **parameters)
    return str(panel.call("admin:hijack", "example.com", user, "UI"))


@pytest.fixture
def admin(panel: EmulatedPanel) -> str:
    panel.call("auth:change-password", PASSWORD, "admin")
    return session_of(send(panel, "/login", {"user": "admin", "password": PASSWORD}))


def test_an_account_sees_what_the_billing_module_says(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    told = facts(panel, customer(panel, invoice="INV-7", parent_invoice="P-1"))["billing"]
    assert told == {
        "invoice": "INV-7", "parent_invoice": "P-1", "customer_since": 1_700_000_000, "package": "basic",
        "payment_method": "other", "next_payment": None, "renewal_link": None,
    }  # fmt: skip


def test_storage_and_transfer_are_bars_with_units(panel: EmulatedPanel) -> None:
    session = customer(panel)
    panel.call("admin:edit-site", "example.com", {"diskquota.quota": 4000, "diskquota.units": "MB"})
    panel.call("admin:edit-site", "example.com", {"bandwidth.threshold": 10, "bandwidth.units": "GB"})
    panel.usage("example.com", storage="1000MB", bandwidth="5GB", inodes=1234)
    page = show(panel, session)
    assert 'value="25" high="80" optimum="0" aria-label="Storage"' in page
    assert "1000 MB of 3.9 GB" in page
    assert 'value="50" high="80" optimum="0" aria-label="Transfer in this cycle"' in page
    assert "5 GB of 10 GB" in page
    assert "1234, no limit" in page


def test_the_chart_shows_twelve_cycles_and_the_same_as_a_table(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    customer(panel)
    panel.clock.advance("800d")
    page = show(panel, panel.call("admin:hijack", "example.com", None, "UI"))
    assert page.count("<rect ") == 12
    assert 'role="img" aria-labelledby="chart-title chart-text"' in page
    assert page.count('<th scope="row">20') == 12
    assert "in the running cycle since 2026-01-14; the highest of 12 is" in page


def test_a_new_account_has_a_chart_of_one_cycle(panel: EmulatedPanel) -> None:
    assert show(panel, customer(panel)).count("<rect ") == 1


def test_transfer_that_is_not_counted_is_not_drawn(panel: EmulatedPanel) -> None:
    session = customer(panel)
    panel.call("admin:edit-site", "example.com", {"bandwidth.enabled": 0})
    page = show(panel, session)
    assert "Transfer is not counted for this account." in page
    assert "<svg" not in page


def test_a_suspended_account_is_told_since_when_and_why(panel: EmulatedPanel) -> None:
    panel.clock.freeze(1_700_000_000)
    session = customer(panel)
    panel.call("admin:deactivate-site", "example.com", {"reason": "<script>alert(1)</script>\n; only for us"})
    page = show(panel, session)
    assert "This account is suspended" in page
    assert "Since 2023-11-14." in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "only for us" not in page


def test_a_secondary_user_sees_no_billing_and_its_own_storage(panel: EmulatedPanel) -> None:
    session = customer(panel, invoice="INV-7")
    panel.call("user:add", "uma", "long password 1", "Uma", 500, {"cp": 1}, session=session)
    told = facts(panel, panel.call("admin:hijack", "example.com", "uma", "UI"))
    assert told["billing"] == {}
    assert told["cycles"] == []
    assert told["usage"]["storage"]["qhard"] == 500 * 1024
    assert "INV-7" not in show(panel, panel.call("admin:hijack", "example.com", "uma", "UI"))


def test_a_session_that_a_limited_key_opened_still_has_a_dashboard(panel: EmulatedPanel) -> None:
    customer(panel, invoice="INV-7")
    key = panel.call("auth:create-api-key", "billing")
    with panel.inside() as ctx:
        ctx.db.exec_driver_sql("UPDATE api_key SET commands = 'admin:hijack' WHERE comment = 'billing'")
    told = facts(panel, panel.call("admin:hijack", "example.com", None, "UI", key=key))
    assert (told["domain"], told["billing"]["customer_since"]) == ("example.com", None)


def test_the_administrator_sees_sites_totals_calls_and_jobs(panel: EmulatedPanel, admin: str) -> None:
    panel.seed("a.com", "b.com", "c.com")
    panel.call("admin:deactivate-site", "b.com")
    panel.usage("a.com", storage="1GB", bandwidth="2GB")
    panel.call("common:whoami")
    panel.flush()
    told = facts(panel, admin)
    assert told["totals"] == {"sites": 3, "suspended": 1, "plans": {"basic": 3}}
    assert [(row["domain"], row["active"]) for row in told["sites"]] == [
        ("a.com", True),
        ("b.com", False),
        ("c.com", True),
    ]
    assert (told["sites"][0]["storage"], told["sites"][0]["transfer"]) == (1024**3, 2 * 1024**3)
    assert told["calls"][0]["command"] == "common_whoami"
    assert [job["name"] for job in told["jobs"]] == ["account-cleanup", "certificate-renewal"]


def test_jobs_are_due_a_day_after_their_last_run(panel: EmulatedPanel, admin: str) -> None:
    panel.clock.freeze(1_700_000_000)
    panel.run_jobs()
    job = facts(panel, admin)["jobs"][0]
    assert (job["last"], job["due"]) == (1_700_000_000, 1_700_086_400)


@pytest.mark.parametrize(
    ("word", "domains"),
    [
        ("alpha", ["alpha.com"]),
        ("PHA.c", ["alpha.com"]),
        ("alias.test", ["alpha.com"]),
        ("carla", ["beta.com"]),
        ("INV-2", ["beta.com"]),
        ("P-9", ["beta.com"]),
        ("site1", ["alpha.com"]),
        ("%", []),
        ("_", []),
        ("nothing", []),
    ],
)
def test_sites_are_found_by_any_of_their_names(each_panel: EmulatedPanel, word: str, domains: list[str]) -> None:
    panel = each_panel
    panel.seed("alpha.com", admin="anna", aliases=["alias.test"], invoice="INV-1")
    panel.seed("beta.com", admin="carla", invoice="INV-2", parent_invoice="P-9")
    with panel.inside() as ctx:
        found = listing.page(ctx.db, listing.Search(word), at=0, size=50)
    assert [site.domain for site in found.rows] == domains
    assert found.total == len(domains)


def test_sites_come_in_pages_of_fifty_by_domain_and_state(each_panel: EmulatedPanel) -> None:
    panel = each_panel
    panel.seed(53)
    panel.call("admin:deactivate-site", "example9.test")
    with panel.inside() as ctx:
        everything = listing.Search()
        first = listing.page(ctx.db, everything, at=0, size=50)
        second = listing.page(ctx.db, everything, at=50, size=50)
        active = listing.page(ctx.db, listing.Search(state="active"), at=50, size=50)
        suspended = listing.page(ctx.db, listing.Search("example", state="suspended"), at=0, size=50)
        whole = listing.in_full(ctx.db, first)
    assert (len(first.rows), len(second.rows), second.total) == (50, 3, 53)
    assert whole[0].domain == "example1.test"
    assert [site.domain for site in whole] == [row.domain for row in first.rows]
    assert (len(active.rows), active.total) == (2, 52)
    assert [site.domain for site in suspended.rows] == ["example9.test"]


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999999999", "state=none", "q=%00", "page=2"])
def test_a_page_of_sites_that_does_not_exist_is_empty_or_the_first(
    panel: EmulatedPanel, admin: str, query: str
) -> None:
    panel.seed("a.com")
    assert show(panel, admin, f"/apps/dashboard?{query}")


def test_values_of_sites_are_escaped_for_the_administrator_too(panel: EmulatedPanel, admin: str) -> None:
    panel.seed("a.com", invoice="<script>alert(1)</script>")
    page = show(panel, admin, "/apps/dashboard?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
