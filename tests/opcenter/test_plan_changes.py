"""How an account moves between plans and back to its plan."""

from __future__ import annotations

from typing import Any

import pytest

from apnscp.opcenter.plans.changes import change_plan, reset
from apnscp.opcenter.plans.library import Plans
from apnscp.opcenter.services.values import Values

BASIC, PRO = Plans().get("basic"), Plans().get("pro")

PROTECTED: dict[tuple[str, str], Any] = {
    ("siteinfo", "domain"): "example.com",
    ("siteinfo", "admin_user"): "someone",
    ("siteinfo", "admin"): "admin7",
    ("siteinfo", "email"): "a@b.example",
    ("aliases", "aliases"): ["c.example"],
    ("billing", "invoice"): "INV-1",
    ("billing", "parent_invoice"): "INV-0",
    ("billing", "addons"): ["extra"],
    ("billing", "ctime"): 1700000000,
    ("mysql", "dbaseadmin"): "someone",
    ("mysql", "dbaseprefix"): "someone_",
    ("pgsql", "dbaseadmin"): "someone",
    ("pgsql", "dbaseprefix"): "someone_",
    ("ipinfo", "ipaddrs"): ["192.0.2.1"],
}


def _site(**values: Any) -> Values:
    """Return a site on basic, with values set by hand given as service__parameter."""
    document = Plans().get("basic")
    for (service, name), value in PROTECTED.items():
        document[service][name] = value
    for key, value in values.items():
        service, _, name = key.partition("__")
        document[service][name] = value
    return document


def test_values_of_the_old_plan_move_to_the_new_one() -> None:
    moved = change_plan(_site(), BASIC, PRO)
    assert moved["diskquota"]["quota"] == 20000
    assert moved["users"]["max"] is None
    assert moved["pgsql"]["enabled"] == 1


def test_a_value_set_by_hand_stays_when_the_plan_changes() -> None:
    moved = change_plan(_site(diskquota__quota=5000), BASIC, PRO)
    assert moved["diskquota"]["quota"] == 5000
    assert moved["bandwidth"]["threshold"] == 500


def test_there_and_back_is_where_one_was() -> None:
    site = _site(diskquota__quota=5000, ssh__jail=0)
    assert change_plan(change_plan(site, BASIC, PRO), PRO, BASIC) == site


def test_reset_to_a_plan_brings_every_unprotected_value_back() -> None:
    edited = _site(diskquota__quota=5000, ssh__enabled=0, mysql__dbasenum=3, rampart__max=7)
    assert reset(edited, PRO, with_plan=True) == reset(_site(), PRO, with_plan=True)
    assert reset(edited, PRO, with_plan=True)["diskquota"]["quota"] == 20000


def test_reset_without_a_plan_applies_no_array_and_no_null() -> None:
    edited = _site(diskquota__quota=5000, mysql__dbasenum=3, rampart__whitelist=["192.0.2.9"])
    back = reset(edited, BASIC, with_plan=False)
    assert back["diskquota"]["quota"] == 4000
    assert back["mysql"]["dbasenum"] == 3
    assert back["rampart"]["whitelist"] == ["192.0.2.9"]


@pytest.mark.parametrize("address", PROTECTED, ids=",".join)
def test_what_identifies_an_account_is_never_reset(address: tuple[str, str]) -> None:
    service, name = address
    site, value = _site(), PROTECTED[address]
    assert reset(site, PRO, with_plan=True)[service][name] == value
    assert reset(site, PRO, with_plan=False)[service][name] == value
    assert change_plan(site, site, PRO)[service][name] == value


def test_the_document_given_stays_as_it_was() -> None:
    site = _site()
    change_plan(site, BASIC, PRO)
    reset(site, PRO, with_plan=True)
    assert site == _site()
