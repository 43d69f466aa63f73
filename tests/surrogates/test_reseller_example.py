"""examples/surrogates/reseller.py: an account's administrator adds, edits and suspends accounts of its own, within limits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel
from apnscp.wire.errors import FaultReceived

EXAMPLES = Path(__file__).parents[2] / "examples" / "surrogates"
PASSWORD = "a long pass word"
FOREIGN = "You have no account `%s'; reseller:list-sites names them"


class Reseller:
    """The administrator of test-domain.com, whose invoice is a reseller's."""

    def __init__(self, panel: EmulatedPanel, site: str = "test-domain.com", user: str | None = None) -> None:
        self.panel = panel
        self.session = panel.call("admin:hijack", site, user)

    def call(self, method: str, *arguments: Any) -> Any:
        return self.panel.call(f"reseller:{method}", *arguments, session=self.session, key="")

    def fault(self, method: str, *arguments: Any) -> str:
        return self.panel.fault(f"reseller:{method}", *arguments, session=self.session, key="")


@pytest.fixture
def panel(each_with: Callable[[Path], EmulatedPanel]) -> EmulatedPanel:
    panel = each_with(EXAMPLES)
    panel.seed("foreign.com", invoice="INV-9")
    return panel


@pytest.fixture
def reseller(panel: EmulatedPanel) -> Reseller:
    return Reseller(panel)


def meta(panel: EmulatedPanel, domain: str, service: str, name: str) -> Any:
    return panel.call("admin:get-meta-from-domain", domain, service, name)


def test_an_account_is_added_below_the_invoice_of_the_caller(panel: EmulatedPanel, reseller: Reseller) -> None:
    assert reseller.call("add-site", "customer.com", "customer", PASSWORD, "me@customer.com", "business") is True
    assert reseller.call("list-sites")["site5"] == {
        "admin_user": "customer", "plan": "business", "email": "me@customer.com", "domain": "customer.com", "active": True,
    }  # fmt: skip
    assert meta(panel, "customer.com", "billing", "parent_invoice") == "master-invoice-123"
    assert meta(panel, "customer.com", "billing", "invoice") is None


def test_no_more_accounts_than_the_limit(panel: EmulatedPanel, reseller: Reseller) -> None:
    assert reseller.call("get-limits") == {"sites": 4, "used": 2, "plans": ["starter", "business"]}
    for number in (1, 2):
        reseller.call("add-site", f"customer{number}.com", f"customer{number}", PASSWORD)
    assert reseller.fault("add-site", "customer3.com", "customer3", PASSWORD) == (
        "You have 4 of 4 accounts; ask for a higher limit"
    )
    assert panel.call("admin:get-site-id-from-domain", "customer3.com") is None


def test_the_limit_holds_for_calls_at_the_same_moment(panel: EmulatedPanel, reseller: Reseller) -> None:
    refused: list[str] = []

    def add(number: int) -> None:
        try:
            reseller.call("add-site", f"customer{number}.com", f"customer{number}", PASSWORD)
        except FaultReceived as fault:
            refused.append(fault.text)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["You have 4 of 4 accounts; ask for a higher limit"] * 4
    assert reseller.call("get-limits")["used"] == 4


def test_no_plans_but_those_of_the_reseller(panel: EmulatedPanel, reseller: Reseller) -> None:
    text = "The plan `pro' is not yours to give; there are starter, business"
    assert reseller.fault("add-site", "customer.com", "customer", PASSWORD, "", "pro") == text
    assert reseller.fault("edit-site", "test-domain-child1.com", "pro") == text
    assert meta(panel, "test-domain-child1.com", "siteinfo", "plan") == "basic"


def test_an_account_is_edited_suspended_and_activated(panel: EmulatedPanel, reseller: Reseller) -> None:
    assert reseller.call("edit-site", "test-domain-child1.com", "business", "new@example.com") is True
    assert meta(panel, "test-domain-child1.com", "siteinfo", "plan") == "business"
    assert meta(panel, "test-domain-child1.com", "siteinfo", "email") == "new@example.com"
    assert reseller.call("suspend-site", "site2", "Not paid") is True
    assert [row["active"] for row in reseller.call("list-sites").values()] == [False, True]
    assert reseller.call("activate-site", "test-domain-child1.com") is True
    assert [row["active"] for row in reseller.call("list-sites").values()] == [True, True]


@pytest.mark.parametrize(
    "site", ["foreign.com", "site4", "INV-9", "master-invoice-123", "test-domain.com", "site1", "4", ""]
)
@pytest.mark.parametrize(
    ("method", "more"), [("edit-site", ["business"]), ("suspend-site", ["why"]), ("activate-site", [])]
)
def test_no_other_account_is_touched(
    panel: EmulatedPanel, reseller: Reseller, site: str, method: str, more: list[str]
) -> None:
    before = panel.call("admin:collect", None)
    assert reseller.fault(method, site, *more) == FOREIGN % site
    assert panel.call("admin:collect", None) == before


def test_an_account_that_is_no_reseller_gets_nothing(panel: EmulatedPanel) -> None:
    for site in ("foreign.com", "test-domain-child1.com"):
        other = Reseller(panel, site)
        for method, arguments in (
            ("get-limits", []),
            ("list-sites", []),
            ("add-site", ["new.com", "new", PASSWORD]),
            ("edit-site", ["test-domain-child2.com", "business"]),
            ("suspend-site", ["test-domain-child2.com"]),
        ):
            assert other.fault(method, *arguments) == "This account is no reseller's; ask for an invoice that is"


def test_users_of_the_reseller_and_the_administrator_find_no_module(panel: EmulatedPanel) -> None:
    assert panel.fault("reseller:get-limits") == "Procedure 'reseller_get_limits' not present"
    session = panel.call("admin:hijack", "test-domain.com")
    panel.call("user:add", "clerk", PASSWORD, "Clerk", 0, {"cp": True}, session=session, key="")
    assert Reseller(panel, user="clerk").fault("get-limits") == "Procedure 'reseller_get_limits' not present"


def test_the_reseller_gains_no_other_power(panel: EmulatedPanel, reseller: Reseller) -> None:
    assert reseller.call("edit-site", "test-domain-child1.com", "business") is True
    for method in ("admin:add-site", "admin:get-domains", "admin:hijack", "admin:collect"):
        text = panel.fault(method, "foreign.com", session=reseller.session, key="")
        assert text == f"Procedure '{method.replace(':', '_').replace('-', '_')}' not present"


def test_the_journal_names_the_reseller_and_hides_passwords(panel: EmulatedPanel, reseller: Reseller) -> None:
    reseller.call("add-site", "customer.com", "customer", PASSWORD)
    (call,) = panel.calls("reseller:add-site", domain="customer.com")
    assert (call.user, call.site_id, call.named["password"]) == ("test-admin", 1, "(hidden)")
    assert [call.command for call in panel.calls()] == ["admin_hijack", "reseller_add_site"]
