"""Bringing a store to the newest schema."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from alembic import command as alembic
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import writing

PACKAGE = __name__.rpartition(".store")[0]
ROOMS = Path(__file__).parents[1]
MIGRATIONS = Path(__file__).parent / "migrations"


def load_tables() -> None:
    """Import the tables of every room: each room of `opcenter` that keeps something has a module ``tables``."""
    for room in iter_modules([str(ROOMS)]):
        name = f"{PACKAGE}.{room.name}.tables"
        if room.ispkg and find_spec(name) is not None:
            import_module(name)


def migrate(engine: Engine) -> None:
    """Bring the store to the newest schema, from an empty one or any older."""
    with writing(engine) as connection:
        alembic.upgrade(alembic_config(connection), "head")


def create(engine: Engine) -> None:
    """Make all tables of an empty store at once and mark it as migrated, in milliseconds."""
    load_tables()
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    with writing(engine) as connection:
        sql_metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("DELETE FROM alembic_version")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{head}')")


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
