"""A store of the first schema, filled as a running panel leaves it, is carried over whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from alembic import command as alembic
from sqlalchemy import Connection, Engine, inspect, select, text

from apnscp.opcenter.access import restrictions, sessions
from apnscp.opcenter.access.tables import api_key_table, login_table, session_table
from apnscp.opcenter.settings.panel_clock import load as load_clock
from apnscp.opcenter.sites import records, site_data
from apnscp.opcenter.sites.tables import dedicated_address_table, site_table
from apnscp.opcenter.store.facts import fact
from apnscp.opcenter.store.schema import alembic_config, migrate
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.opcenter.usage import figures, projects
from apnscp.opcenter.users import people, preferences


def document(domain: str, admin: str, **more: Any) -> dict[str, Any]:
    return {
        "siteinfo": {"domain": domain, "admin_user": admin, "email": f"me@{domain}", "plan": "basic"},
        "aliases": {"aliases": []},
        "billing": {"invoice": None, "parent_invoice": None},
        "mysql": {"dbaseadmin": more.get("database", admin), "dbaseprefix": f"{admin}_"},
        "pgsql": {"dbaseadmin": None, "dbaseprefix": None},
        "ipinfo": {"ipaddrs": more.get("addresses", [])},
        "ipinfo6": {"ipaddrs": []},
    }


USER = """
INSERT INTO "user" (id, site_id, name, password, created, properties) VALUES (:id, :site, :name, 'h', 1, '{}')
"""
ROWS: tuple[tuple[str, dict[str, Any]], ...] = (
    (USER, {"id": 1, "site": 0, "name": "admin"}),
    (USER, {"id": 2, "site": 1, "name": "ada"}),
    (USER, {"id": 3, "site": 2, "name": "bob"}),
    (USER, {"id": 4, "site": 1, "name": "uma"}),
    ("INSERT INTO state VALUES ('generation', '7'), ('clock', :clock)", {"clock": '{"offset": 60, "frozen_at": null}'}),
    ("INSERT INTO api_key VALUES (1, 'd1', 's1', 0, 'admin', 'first', 1, NULL, NULL, NULL, NULL)", {}),
    ("INSERT INTO api_key VALUES (2, 'd2', 's2', 1, 'uma', 'second', 1, 5, NULL, NULL, '@billing')", {}),
    ("INSERT INTO api_key VALUES (3, 'd3', 's3', 9, 'nobody', 'lost', 1, NULL, NULL, NULL, NULL)", {}),
    ("INSERT INTO session VALUES (5, 'e1', 1, 'ada', 2, 'UI', 1, 2, NULL, '::1', NULL, NULL, NULL, NULL)", {}),
    ("INSERT INTO session VALUES (6, 'e2', 2, 'bob', 2, 'UI', 1, 2, NULL, '::1', 5, 2, 1, 'ada')", {}),
    ("INSERT INTO session VALUES (7, 'e3', 2, 'bob', 2, 'UI', 1, 2, NULL, '::1', 5, 99, NULL, NULL)", {}),
    ("INSERT INTO preference VALUES (1, 'ada', '{\"colour\": \"blue\"}')", {}),
    ("INSERT INTO denial VALUES (1, 'uma', 'cp')", {}),
    ("INSERT INTO ip_restriction VALUES (1, 1, 'ada', '192.0.2.0/24', '')", {}),
    ("INSERT INTO login VALUES (1, 1, 'ada', '192.0.2.1', 3, 5)", {}),
    ("INSERT INTO delegated VALUES (1, '198.51.100.7', NULL)", {}),
    ("INSERT INTO usage VALUES (1, '{\"storage\": 12}')", {}),
    ("INSERT INTO kept VALUES (1, 'backup', 'metadata', '{\"a\": 1}')", {}),
    ("INSERT INTO kept VALUES (0, 'quota-project', 'shared', '{\"blocks\": 10, \"inodes\": 20}')", {}),
    ("INSERT INTO failure VALUES ('192.0.2.9', 3, 100, 100.5)", {}),
    ("INSERT INTO setting VALUES ('core.debug', 'true')", {}),
)


@pytest.fixture
def filled(each_store: Engine) -> Engine:
    """Give a store of the first schema with rows in every table that changes."""
    with writing(each_store) as db:
        sql_metadata.drop_all(db)
        db.execute(text("DROP TABLE alembic_version"))
    with writing(each_store) as db:
        alembic.upgrade(alembic_config(db), "0001")
    with writing(each_store) as db:
        add_site(db, 1, document("a.example", "ada", addresses=["203.0.113.5"]))
        add_site(db, 2, document("b.example", "bob", database="ada", addresses=["203.0.113.5", "203.0.113.6"]))
        for statement, values in ROWS:
            db.execute(text(statement if values else statement.replace(":", "\\:")), values)
    return each_store


def add_site(db: Connection, site_id: int, doc: dict[str, Any]) -> None:
    statement = text("INSERT INTO site (id, revision, doc) VALUES (:id, 3, :doc)")
    db.execute(statement, {"id": site_id, "doc": json.dumps(doc)})


def test_users_keep_what_is_theirs(filled: Engine) -> None:
    migrate(filled)
    with reading(filled) as db:
        ada, uma = people.require(db, 1, "ada"), people.require(db, 1, "uma")
        administrator = people.first_of_panel(db)
        assert administrator is not None
        assert (administrator.name, administrator.site_id) == ("admin", 0)
        keys = db.execute(select(api_key_table.c.digest, api_key_table.c.user_id, api_key_table.c.commands)).all()
        assert sorted(map(tuple, keys)) == [("d1", administrator.id, None), ("d2", uma.id, "@billing")]
        assert preferences.own(db, ada.id) == {"colour": "blue"}
        known = restrictions.load(db)
        assert known.denies(uma.id)
        assert not known.denies(ada.id)
        assert known.admits(ada.id, "192.0.2.77", "UI")
        assert not known.admits(ada.id, "198.51.100.1", "UI")
        assert db.execute(select(login_table.c.user_id, login_table.c.session_id)).all() == [(ada.id, 5)]


def test_sessions_live_on_with_their_origin_and_key(filled: Engine) -> None:
    migrate(filled)
    with reading(filled) as db:
        rows = db.execute(select(session_table.c.digest, session_table.c.key_id).order_by(session_table.c.id)).all()
        assert rows == [("e1", None), ("e2", 2)]
        assert sessions.origin_of(db, 6) == people.require(db, 1, "ada").id


def test_what_is_kept_of_sites_and_of_the_panel_is_split(filled: Engine) -> None:
    migrate(filled)
    with reading(filled) as db:
        assert site_data.get(db, 1, "backup", "metadata") == {"a": 1}
        assert projects.find(db, "shared") == {"blocks": 10, "inodes": 20}
        assert figures.set_figures(db, 1) == {"storage": 12}
        assert fact(db, "generation") == "7"
        assert load_clock(db).offset == 60
        assert not [
            name for name in inspect(db).get_table_names() if name.startswith("old_") or name in ("kept", "state")
        ]


def test_one_holder_of_a_database_user_and_of_an_address_is_left(filled: Engine) -> None:
    migrate(filled)
    with reading(filled) as db:
        admins = db.execute(select(site_table.c.mysql_admin).order_by(site_table.c.id)).scalars().all()
        assert admins == ["ada", "ada-2"]
        held = db.execute(select(dedicated_address_table.c.address, dedicated_address_table.c.site_id)).all()
        assert sorted(map(tuple, held)) == [("203.0.113.5", 1), ("203.0.113.6", 2)]
        assert records.load(db, 2).metadata["mysql"]["dbaseprefix"] == "bob_"


def test_new_rows_get_numbers_behind_the_old_ones(filled: Engine) -> None:
    migrate(filled)
    with writing(filled) as db:
        people.add(db, 1, "zoe", None, 5)
        assert people.require(db, 1, "zoe").id > 4


def test_deleting_a_site_reaches_the_rows_that_were_carried_over(filled: Engine) -> None:
    migrate(filled)
    with writing(filled) as db:
        records.delete(db, records.load(db, 1))
    with reading(filled) as db:
        assert people.find(db, 1, "ada") is None
        assert db.execute(select(api_key_table.c.digest)).scalars().all() == ["d1"]
        assert db.execute(select(session_table.c.digest)).scalars().all() == []
