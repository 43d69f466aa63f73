"""Bringing a store to the newest schema."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from alembic import command as alembic
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect

from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import make_alone, writing

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
    """Bring the store to the newest schema, from an empty one or any older; several servers may do so at the same moment."""
    with writing(engine) as connection:
        make_alone(connection)
        alembic.upgrade(alembic_config(connection), "head")


def create(engine: Engine) -> None:
    """Make all tables of an empty store at once and mark it as migrated, in milliseconds."""
    load_tables()
    with writing(engine) as connection:
        sql_metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql("DELETE FROM alembic_version")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest()}')")


@cache
def _versions() -> tuple[str, ...]:
    """Return the versions of the schema that this program knows, the newest first."""
    return tuple(script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions())


def newest() -> str:
    """Return the newest version of the schema."""
    return _versions()[0]


def is_known(version: str) -> bool:
    """Tell whether this program can read, or bring up to date, a store of a version."""
    return version in _versions()


def version_of(connection: Connection) -> str | None:
    """Return the version of a store's schema, None for a store without tables."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
