from __future__ import annotations

from typing import Any

from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, inspect, select, text

from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.schema import MIGRATIONS, alembic_config, bring_up_to_date, is_known, migrate, newest
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import reading, writing


def emptied(engine: Engine) -> Engine:
    with writing(engine) as db:
        sql_metadata.drop_all(db)
        db.execute(text("DROP TABLE alembic_version"))
    return engine


def computed(engine: Engine) -> dict[str, Any]:
    return {
        column["name"]: column["computed"] for column in inspect(engine).get_columns("site") if "computed" in column
    }


def test_the_migrations_make_the_schema_that_the_code_expects(each_store: Engine) -> None:
    made_at_once = computed(each_store)
    migrate(emptied(each_store))
    with reading(each_store) as db:
        assert compare_metadata(MigrationContext.configure(db), sql_metadata) == []
    assert computed(each_store) == made_at_once
    assert len(made_at_once) == 11


def test_migrating_again_changes_nothing_and_keeps_the_rows(each_store: Engine) -> None:
    migrate(emptied(each_store))
    doc: Any = {"siteinfo": {"domain": "example.com", "admin_user": "bob"}, "billing": {"invoice": None}}
    with writing(each_store) as db:
        db.execute(insert(site_table).values(id=1, revision=1, doc=doc))
    migrate(each_store)
    with reading(each_store) as db:
        row = db.execute(
            select(site_table.c.domain, site_table.c.admin_user, site_table.c.invoice, site_table.c.plan)
        ).one()
    assert tuple(row) == ("example.com", "bob", None, None)


def test_a_store_made_at_once_needs_no_migration(each_store: Engine) -> None:
    migrate(each_store)
    with reading(each_store) as db:
        assert db.execute(text("SELECT COUNT(*) FROM alembic_version")).scalar() == 1


def test_an_empty_store_is_brought_up_to_date_without_running_the_migrations(each_store: Engine) -> None:
    bring_up_to_date(emptied(each_store))
    with reading(each_store) as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest()
        assert compare_metadata(MigrationContext.configure(db), sql_metadata) == []


def test_a_store_of_the_first_version_is_brought_up_to_date_by_the_migrations(each_store: Engine) -> None:
    with writing(emptied(each_store)) as db:
        alembic.upgrade(alembic_config(db), "0001")
    bring_up_to_date(each_store)
    with reading(each_store) as db:
        assert db.execute(text("SELECT version_num FROM alembic_version")).scalar() == newest()
        assert compare_metadata(MigrationContext.configure(db), sql_metadata) == []


def test_the_versions_are_those_that_alembic_finds() -> None:
    scripts = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert newest() == scripts[0]
    assert all(is_known(revision) for revision in scripts)
    assert not is_known("no-such-version")
