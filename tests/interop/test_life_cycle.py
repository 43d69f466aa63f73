"""An account's life, seen by each peer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apnscp.client.util_api.api import UtilAPI

LIFE: dict[str, Any] = {
    "plans": True,
    "added": True,
    "row": {
        "active": True,
        "aliases": {"aliases": []},
        "billing": {"invoice": "INTEROP-1", "parent_invoice": None},
        "domain": "interop.test",
        "siteinfo": {"admin_user": "interop", "email": "owner@interop.test"},
    },
    "suspended": True,
    "inactive": True,
    "active_while_suspended": False,
    "activated": True,
    "inactive_afterwards": False,
    "plan_changed": True,
    "plan": "pro",
    "password_changed": True,
    "session_length": 32,
    "site_whoami": "interop",
    "site_domain": "interop.test",
    "site_refused": "Procedure 'admin_list_plans' not present",
    "quota_keys": ["fhard", "fsoft", "fused", "qhard", "qsoft", "qused"],
    "quota_is_int": True,
    "bandwidth_keys": ["total", "used"],
    "bandwidth_is_number": True,
    "banned": True,
    "is_banned": True,
    "banned_services": ["f2b-sshd"],
    "unbanned": True,
    "is_banned_afterwards": False,
    "banned_services_afterwards": [],
    "deleted": True,
    "rows_afterwards": [],
    "unknown_method": "Procedure 'admin_no_such_thing' not present",
    "refused": "Unknown jail `nosuch'; rampart:get-jails lists them",
    "refused_quietly": False,
    "wrong_key": "The API key is not valid; apnscpd env prints the administrator's",
}
PHP_UNKNOWN = {"unknown_method": 'Function ("admin_no_such_thing") is not a valid method for this service'}
NOT_PRESENT = "Procedure not present"
REFUSED_IN_12 = {"site_refused": NOT_PRESENT}
NODE_UNKNOWN = {"unknown_method": "undefined"}
NOT_BY_PLAIN_ZEEP = {
    "plans", "row", "active_while_suspended", "plan", "bandwidth_keys", "bandwidth_is_number", "banned_services",
    "banned_services_afterwards", "rows_afterwards", "unknown_method",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_leftovers(live_panel: Any) -> Iterator[None]:
    """Let a driver that broke off spoil no other."""
    yield
    with UtilAPI.create_client(live_panel.key, live_panel.http) as client:
        if client.admin_collect([], [], ["interop.test"]):
            client.admin_delete_site("interop.test")


def test_php_over_http(live_panel: Any, php: str, drivers: Path) -> None:
    assert live_panel.drive(php, drivers / "life_cycle.php") == LIFE | PHP_UNKNOWN


def test_php_over_tls(live_panel: Any, php: str, drivers: Path) -> None:
    assert live_panel.drive(php, drivers / "life_cycle.php", url=live_panel.tls) == LIFE | PHP_UNKNOWN


@pytest.mark.parametrize(
    ("wsdl", "soap", "expected"),
    [
        ("", "1.2", PHP_UNKNOWN | REFUSED_IN_12),
        ("none", "1.1", {}),
        ("none", "1.2", {"unknown_method": NOT_PRESENT} | REFUSED_IN_12),
    ],
)
def test_php_in_soap_12_and_without_a_description(
    live_panel: Any, php: str, drivers: Path, wsdl: str, soap: str, expected: dict[str, str]
) -> None:
    seen = live_panel.drive(php, drivers / "life_cycle.php", PANEL_WSDL=wsdl, PANEL_SOAP=soap)
    assert seen == LIFE | expected


def test_node_soap_in_soap_12(live_panel: Any, node: str, drivers: Path) -> None:
    driver = drivers.parent / "node" / "life_cycle.mjs"
    assert live_panel.drive(node, driver, PANEL_SOAP="1.2") == LIFE | NODE_UNKNOWN | REFUSED_IN_12


def test_node_soap(live_panel: Any, node: str, drivers: Path) -> None:
    driver = drivers.parent / "node" / "life_cycle.mjs"
    assert live_panel.drive(node, driver) == LIFE | NODE_UNKNOWN


def test_soap_lite(live_panel: Any, perl: str, drivers: Path) -> None:
    assert live_panel.drive(perl, drivers / "life_cycle.pl") == LIFE


def test_util_api(live_panel: Any, drivers: Path) -> None:
    assert live_panel.drive(sys.executable, drivers / "life_cycle_util_api.py") == LIFE | {"rows_afterwards": {}}


def test_plain_zeep_where_it_can(live_panel: Any, drivers: Path) -> None:
    expected = {name: value for name, value in LIFE.items() if name not in NOT_BY_PLAIN_ZEEP}
    assert live_panel.drive(sys.executable, drivers / "life_cycle_zeep.py") == expected


def test_xml_by_hand_through_curl(live_panel: Any, curl: str, drivers: Path) -> None:
    assert live_panel.drive(sys.executable, drivers / "life_cycle_curl.py") == LIFE
