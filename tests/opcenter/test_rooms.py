"""Whatever hangs on a site or a user is removed with it, in every room that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Connection, Float, Integer, Table, func, insert, select
from sqlalchemy.types import TypeEngine

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import rooms
from apnscp.opcenter.lifecycle.rooms import ROOMS, counts
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Counts, Room
from apnscp.opcenter.store.schema import load_tables
from apnscp.opcenter.store.tables import JsonDocument, JsonText, sql_metadata
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table
from apnscp.server.testing import EmulatedPanel

OWN = {"site", "user", "host"}
"""Tables of which adding a site makes rows by itself."""
HISTORY = {"journal"}
"""Tables that tell of sites and users and outlive them on purpose."""


def hanging() -> Iterator[Table]:
    """Go through the tables that refer to a site or a user, directly or through another table."""
    load_tables()
    reached = {"site"}
    for table in sql_metadata.sorted_tables:
        if any(key.column.table.name in reached for key in table.foreign_keys):
            reached.add(table.name)
            yield table


def value_for(kind: TypeEngine[Any]) -> Any:
    if isinstance(kind, JsonText | JsonDocument | JSON):
        return {}
    if isinstance(kind, Boolean):
        return True
    return 7 if isinstance(kind, Integer | BigInteger | Float) else "x"


def fill(db: Connection, table: Table, keys: dict[str, int]) -> None:
    """Put a row into a table, its references pointing to the rows that `keys` names by table."""
    row = {
        column.name: keys[next(iter(column.foreign_keys)).column.table.name]
        if column.foreign_keys
        else value_for(column.type)
        for column in table.columns
        if column.foreign_keys or (not column.nullable and not (column.primary_key and column.name == "id"))
    }
    made = db.execute(insert(table).values(row)).inserted_primary_key
    assert made is not None
    keys.setdefault(table.name, made[0])


def counted(db: Connection, table: Table) -> int:
    return int(db.execute(select(func.count()).select_from(table)).scalar_one())


def test_deleting_a_site_leaves_nothing_of_it_in_any_table(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "a.example", "ada")
    tables = list(hanging())
    assert {"user", "api_key", "session", "site_data", "usage", "delegated", "login", "denial"} <= {
        t.name for t in tables
    }
    with each_panel.inside() as ctx:
        before = {table.name: counted(ctx.db, table) for table in tables}
        each = {"site": 1, "user": people.require(ctx.db, 1, "ada").id}
        for table in tables:
            if table.name not in OWN:
                fill(ctx.db, table, each)
                assert counted(ctx.db, table) == before[table.name] + 1
    each_panel.call("admin:delete-site", "a.example")
    with each_panel.inside() as ctx:
        left = {table.name: counted(ctx.db, table) for table in tables}
    # what remains is the panel's own administrator with its key
    assert left == {**dict.fromkeys(left, 0), "user": 1, "api_key": left["api_key"]}
    assert left["api_key"] == before["api_key"]


def test_every_column_that_names_a_site_or_a_user_is_a_foreign_key() -> None:
    load_tables()
    loose = [
        f"{table.name}.{column.name}"
        for table in sql_metadata.sorted_tables
        if table.name not in HISTORY
        for column in table.columns
        if column.name in ("site_id", "user_id", "key_id", "origin_user_id") and not column.foreign_keys
    ]
    assert loose == []
    cascades = {key.ondelete for table in hanging() for key in table.foreign_keys}
    assert cascades == {"CASCADE"}


def test_the_number_of_a_deleted_user_never_comes_back(each_panel: EmulatedPanel) -> None:
    with each_panel.inside() as ctx:
        people.add(ctx.db, people.PANEL, "first", None, 0)
        first = people.require(ctx.db, people.PANEL, "first").id
        ctx.db.execute(user_table.delete().where(user_table.c.id == first))
        people.add(ctx.db, people.PANEL, "second", None, 0)
        assert people.require(ctx.db, people.PANEL, "second").id > first


def test_a_name_of_the_panel_is_given_once(each_panel: EmulatedPanel) -> None:
    each_panel.call("admin:add-site", "a.example", "ada")
    with each_panel.inside() as ctx:
        people.add(ctx.db, people.PANEL, "ada", None, 0)
        assert people.require(ctx.db, people.PANEL, "ada").id != people.require(ctx.db, 1, "ada").id


def test_the_rooms_count_what_is_limited(panel: EmulatedPanel) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    with panel.inside() as ctx:
        people.add(ctx.db, 1, "uma", None, 0)
        assert counts(ctx.db, records.load(ctx.db, 1)) == {
            ("users", "max"): 2,
            ("aliases", "max"): 0,
            ("apache", "subnum"): 0,
            ("mysql", "dbasenum"): 0,
            ("pgsql", "dbasenum"): 0,
        }
    assert [type(room).__name__ for room in ROOMS] == [
        "Users", "Aliases", "Web", "Email", "Dns", "Firewall", "Usage", "Crontab", "Ftp", "Databases",
    ]  # fmt: skip


class Following(Room):
    """A room that notes what it is asked."""

    follows = frozenset({"mysql", "cgroup"})

    def __init__(self) -> None:
        self.asked: list[str] = []

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        self.asked.append("made" if before is None else "deleted" if after is None else "changed")

    def counts(self, db: Connection, site: Site) -> Counts:
        self.asked.append("counted")
        return {}


@pytest.fixture
def following(monkeypatch: pytest.MonkeyPatch) -> Following:
    room = Following()
    monkeypatch.setattr(rooms, "ROOMS", (*ROOMS, room))
    return room


def test_a_room_is_asked_where_a_service_that_it_follows_differs(panel: EmulatedPanel, following: Following) -> None:
    panel.call("admin:add-site", "a.example", "ada")
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 7, "siteinfo.email": "ada@b.example"})
    assert following.asked == ["made"]
    panel.call("admin:edit-site", "site1", {"cgroup.memory": 7})
    assert following.asked == ["made", "changed"]
    panel.call("admin:deactivate-site", "site1")
    panel.call("admin:activate-site", "site1")
    panel.call("admin:delete-site", "site1")
    assert following.asked == ["made", "changed", "changed", "changed", "deleted"]


def test_a_room_without_a_list_is_asked_at_every_change(panel: EmulatedPanel, following: Following) -> None:
    following.follows = None  # type: ignore[assignment]
    panel.call("admin:add-site", "a.example", "ada")
    panel.call("admin:edit-site", "site1", {"diskquota.quota": 7})
    assert following.asked == ["made", "changed"]


def test_rooms_follow_services_that_exist() -> None:
    assert {service for room in ROOMS for service in room.follows or ()} <= SERVICES.keys()
