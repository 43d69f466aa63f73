"""Services that were switched off in the properties of a user stay off."""

from __future__ import annotations

from alembic import command as alembic
from sqlalchemy import Engine, select, text

from apnscp.opcenter.store.schema import alembic_config, migrate
from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.opcenter.users import details, switches
from apnscp.opcenter.users.tables import denial_table

USER = 'INSERT INTO "user" (id, name, created, properties) VALUES (:id, :name, 1, :properties)'


def test_services_in_properties_become_denials(each_store: Engine) -> None:
    with writing(each_store) as db:
        sql_metadata.drop_all(db)
        db.execute(text("DROP TABLE alembic_version"))
        alembic.upgrade(alembic_config(db), "0002")
        off = '{"gecos": "Ada", "services": {"ftp": 0, "cron": false, "ssh": 1, "cp": 0}}'
        db.execute(text(USER), {"id": 11, "name": "ada", "properties": off})
        db.execute(text(USER), {"id": 12, "name": "uma", "properties": "{}"})
        db.execute(text("INSERT INTO denial VALUES (11, 'cp')"))
    migrate(each_store)
    with reading(each_store) as db:
        denied = db.execute(select(denial_table).order_by(denial_table.c.service)).all()
        assert [tuple(row) for row in denied] == [(11, "cp"), (11, "crontab"), (11, "ftp")]
        assert details.properties(db, 11) == {"gecos": "Ada"}
        assert switches.is_denied(db, 11, "cron") is True
