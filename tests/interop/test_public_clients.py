"""The calls of public billing modules, in our own words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("soap", ["1.1", "1.2"])
def test_php_sees_native_types(live_panel: Any, php: str, drivers: Path, soap: str) -> None:
    seen = live_panel.drive(php, drivers / "types.php", PANEL_SOAP=soap)
    assert len(seen) == 16
    assert [name for name, holds in seen.items() if holds is not True] == []


def test_calls_of_whmcs(live_panel: Any, php: str, drivers: Path) -> None:
    seen = live_panel.drive(php, drivers / "whmcs.php")
    assert len(seen) == 12
    assert [name for name, holds in seen.items() if holds is not True] == []


def test_calls_of_blesta(live_panel: Any, php: str, drivers: Path) -> None:
    assert live_panel.drive(php, drivers / "blesta.php") == {
        "connection_test": True,
        "free_name_faults": True,
        "created": True,
        "plan_changed": True,
        "plan": "pro",
        "password": True,
        "statistics": True,
        "site_cannot_administer": "Procedure 'admin_get_domains' not present",
        "suspended": True,
        "unsuspended": True,
        "cancelled": True,
    }


def test_calls_of_clientexec(live_panel: Any, php: str, drivers: Path) -> None:
    assert live_panel.drive(php, drivers / "clientexec.php") == {
        "created": True,
        "count": 1,
        "active": True,
        "available_actions": "Suspend",
        "suspended": True,
        "actions_while_suspended": "UnSuspend",
        "unsuspended": True,
        "plan_changed": True,
        "hijacked": 32,
        "deleted": True,
        "count_afterwards": 0,
    }


def test_calls_of_cp_collect(live_panel: Any, php: str, drivers: Path) -> None:
    seen = live_panel.drive(php, drivers / "cp_collect.php")
    invoices = seen.pop("invoices")
    assert seen == {"sites": True, "numbers": True, "dashed_key": True}
    assert invoices["test-domain.com"] == "master-invoice-123"
    assert sorted(invoices.values()) == ["master-invoice-123"] * 3
