"""Tests of the billing module, each against an emulated panel of its own."""

import pytest
from apnscp.client.errors import ConnectionFailed, Fault

from billing import Billing

ORDER = ("INV-1", "example.com", "example", "basic", "customer@example.com")


@pytest.fixture
def billing(panel):
    return Billing(panel.client)


def test_an_order_makes_an_account_on_its_plan(billing):
    billing.order(*ORDER)
    assert billing.accounts("INV-1") == {
        "site1": {"domain": "example.com", "active": True, "siteinfo": {"plan": "basic"}}
    }


def test_a_repeated_order_changes_nothing(billing, panel):
    billing.order(*ORDER)
    billing.order(*ORDER)
    assert len(panel.calls("admin_add_site", domain="example.com")) == 1


def test_an_order_whose_answer_is_lost_is_not_repeated(billing, panel):
    panel.fail("admin_add_site", effect="cut-after")
    billing.order(*ORDER)
    assert len(panel.calls("admin_add_site")) == 1
    assert "site1" in billing.accounts("INV-1")


def test_an_order_that_did_not_arrive_is_an_error(billing, panel):
    panel.fail("admin_add_site", effect="cut")
    with pytest.raises(ConnectionFailed):
        billing.order(*ORDER)


def test_the_shop_sees_why_the_panel_refuses(billing, panel):
    panel.seed("example.com")
    with pytest.raises(Fault, match=r"example\.com"):
        billing.order(*ORDER)


def test_an_upgrade_keeps_the_account(billing, panel):
    panel.seed("example.com", invoice="INV-1", plan="basic")
    billing.upgrade("INV-1", "pro")
    assert billing.accounts("INV-1")["site1"]["siteinfo"]["plan"] == "pro"
    (call,) = panel.calls("admin_edit_site", site="INV-1")
    assert call.named["flags"] == {"reset": True}


def test_a_customer_who_pays_late_is_back_online(billing, panel):
    panel.seed("example.com", invoice="INV-1")
    billing.overdue("INV-1")
    with panel.as_site("example.com") as site:
        assert site.auth.is_inactive() is True
        billing.paid("INV-1")
        assert site.auth.is_inactive() is False


def test_accounts_are_deleted_a_month_after_their_suspension(billing, panel):
    panel.seed({"domain": "late.com", "invoice": "INV-1"}, {"domain": "good.com", "invoice": "INV-2"})
    billing.overdue("INV-1")
    panel.clock.advance("29 days")
    billing.clean_up()
    assert billing.accounts("INV-1") != {}
    panel.clock.advance("2 days")
    billing.clean_up()
    assert (billing.accounts("INV-1"), len(billing.accounts("INV-2"))) == ({}, 1)


def test_termination_survives_a_lost_answer(billing, panel):
    panel.seed("example.com", invoice="INV-1")
    panel.fail("admin_delete_site", effect="cut-after")
    billing.terminate("INV-1")
    assert billing.accounts("INV-1") == {}
