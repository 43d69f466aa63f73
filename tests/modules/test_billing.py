from __future__ import annotations

from typing import Any

import pytest

from apnscp.server.testing import EmulatedPanel

BORN = 1_767_268_800


def test_the_invoice_is_the_accounts_own_or_its_parents(each_two: Any) -> None:
    two = each_two
    assert two("billing:get-invoice") == "A-1"
    assert two("billing:get-invoice", session=two.ann) == "A-1"
    two.panel.call("admin:edit-site", "site2", {"billing.parent_invoice": "P-9"})
    assert two("billing:get-invoice", session=two.bob) == "P-9"
    two.panel.call("admin:edit-site", "site2", {"billing.parent_invoice": None})
    assert two("billing:get-invoice", session=two.bob) is None
    assert two.panel.call("billing:get-invoice") is None


def test_a_subscription_is_the_own_invoice_alone(two: Any) -> None:
    assert two("billing:get-hosting-subscription") == "A-1"
    assert two("billing:is-billed") is True
    assert two("billing:get-hosting-subscription", session=two.bob) is None
    assert two("billing:is-billed", session=two.bob) is False


def test_a_customer_is_one_since_the_account_was_made(two: Any) -> None:
    two.panel.clock.advance(600)
    assert two("billing:get-customer-since") == BORN


def test_the_administrator_finds_invoices_and_plans(each_two: Any) -> None:
    panel = each_two.panel
    panel.call("admin:edit-site", "site1", {"siteinfo.plan": "pro"})
    assert panel.call("billing:get-invoice-from-domain", "alpha.test") == "A-1"
    assert panel.call("billing:get-invoice-from-domain", "beta.test") == "A-1"
    assert panel.call("billing:get-invoice-from-domain", "nowhere.test") is None
    assert panel.call("billing:get-package-by-invoice", "A-1") == "pro"
    assert panel.call("billing:get-package-by-invoice", "none") is None
    assert each_two("billing:get-package-type") == "pro"


@pytest.mark.parametrize(
    ("method", "answer"),
    [
        ("configured", False), ("get-status", 1), ("get-billing-status", 1), ("get-payment-method", "other"),
        ("get-next-payment", {"date": -1, "amount": 0}), ("list-payments", []), ("get-renewal-link", ""),
        ("get-renewal-hash", None),
    ],
)  # fmt: skip
def test_without_a_billing_system_nothing_is_due(two: Any, method: str, answer: object) -> None:
    assert two(f"billing:{method}") == answer


@pytest.mark.parametrize("method", ["get-invoice-from-domain", "get-package-by-invoice"])
def test_an_account_cannot_ask_for_others(two: Any, method: str) -> None:
    assert "not present" in two.fault(f"billing:{method}", "beta.test")


def test_the_administrator_has_no_subscription(panel: EmulatedPanel) -> None:
    assert "not present" in panel.fault("billing:get-hosting-subscription")
