from __future__ import annotations

from typing import Any

from sqlalchemy import delete, insert, select

from apnscp.opcenter.store.tables import journal_table
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.journal_reader import ANY, Follower, Wanted, entries
from apnscp.server.testing import EmulatedPanel


def read(panel: EmulatedPanel, wanted: Wanted = ANY, **limits: Any) -> list[tuple[int, str]]:
    panel.flush()
    with reading(panel.app.panel.engine) as db:
        return [(row.id, row.command) for row in entries(db, wanted, **limits)]


def test_entries_come_oldest_first_and_can_be_picked(each_panel: EmulatedPanel) -> None:
    each_panel.call("common:whoami")
    each_panel.fault("admin:activate-site", "nowhere.example")
    each_panel.call("admin:list-plans")
    assert read(each_panel) == [(1, "common_whoami"), (2, "admin_activate_site"), (3, "admin_list_plans")]
    assert read(each_panel, Wanted(faults=True)) == [(2, "admin_activate_site")]
    assert read(each_panel, after=1, last=1) == [(3, "admin_list_plans")]
    assert read(each_panel, last=0) == []
    assert read(each_panel, Wanted("admin_list_plans")) == [(3, "admin_list_plans")]


def test_a_follower_shows_what_came_since_and_nothing_twice(each_panel: EmulatedPanel) -> None:
    engine = each_panel.app.panel.engine
    each_panel.call("common:whoami")
    each_panel.flush()
    with reading(engine) as db:
        follower = Follower(db)
        assert follower.look(db) == []
    each_panel.call("admin:list-plans")
    each_panel.flush()
    with reading(engine) as db:
        assert [row.command for row in follower.look(db)] == ["admin_list_plans"]
        assert follower.look(db) == []


def test_a_follower_shows_an_entry_whose_number_was_given_earlier(panel: EmulatedPanel) -> None:
    engine = panel.app.panel.engine
    for _ in range(2):
        panel.call("common:whoami")
    panel.flush()
    with writing(engine) as db:
        late = dict(db.execute(select(journal_table).where(journal_table.c.id == 1)).mappings().one())
        db.execute(delete(journal_table).where(journal_table.c.id == 1))
    with reading(engine) as db:
        follower = Follower(db)
    with writing(engine) as db:
        db.execute(insert(journal_table).values(late))
    with reading(engine) as db:
        assert [row.id for row in follower.look(db)] == [1]
