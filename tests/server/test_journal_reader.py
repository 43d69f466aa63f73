from __future__ import annotations

from typing import Any

from apnscp.opcenter.store.transactions import reading
from apnscp.server.journal_reader import entries
from apnscp.server.testing import EmulatedPanel


def read(panel: EmulatedPanel, **wanted: Any) -> list[tuple[int, str]]:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        return [(row.id, row.command) for row in entries(db, **wanted)]


def test_entries_come_oldest_first_and_can_be_picked(each_panel: EmulatedPanel) -> None:
    each_panel.call("common:whoami")
    each_panel.fault("admin:activate-site", "nowhere.example")
    each_panel.call("admin:list-plans")
    assert read(each_panel) == [(1, "common_whoami"), (2, "admin_activate_site"), (3, "admin_list_plans")]
    assert read(each_panel, failed=True) == [(2, "admin_activate_site")]
    assert read(each_panel, after=1, last=1) == [(3, "admin_list_plans")]
    assert read(each_panel, last=0) == []
    for spelling in ("admin:list-plans", "admin_list_plans", "Admin:List_Plans"):
        assert read(each_panel, method=spelling) == [(3, "admin_list_plans")]
