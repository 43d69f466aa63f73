"""Bringing a store to the newest schema.

Alembic is imported only to carry an older store over: loading it takes longer than a command may take to start.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect

from apnscp.opcenter.store.tables import sql_metadata
from apnscp.opcenter.store.transactions import make_alone, writing

if TYPE_CHECKING:
    from alembic.config import Config

PACKAGE = __name__.rpartition(".store")[0]
ROOMS = Path(__file__).parents[1]
MIGRATIONS = Path(__file__).parent / "migrations"
_DECLARED = re.compile(r'^(revision|down_revision) *(?::.*)?= *(?:"(\w+)"|None)$', re.MULTILINE)
"""How a migration says which version it makes, and of which one it makes it."""


def load_tables() -> None:
    """Import the tables of every room: each room of `opcenter` that keeps something has a module ``tables``."""
    for room in iter_modules([str(ROOMS)]):
        name = f"{PACKAGE}.{room.name}.tables"
        if room.ispkg and find_spec(name) is not None:
            import_module(name)


def bring_up_to_date(engine: Engine) -> None:
    """Bring the store to the newest schema: an empty one at once, an older one by its migrations.

    Several servers may do so at the same moment: one does it, the others wait.
    """
    with writing(engine) as connection:
        make_alone(connection)
        version = version_of(connection)
        if version is None and not inspect(connection).get_table_names():
            _make_tables(connection)
        elif version != newest():
            _upgrade(connection)


def migrate(engine: Engine) -> None:
    """Bring the store to the newest schema by its migrations, from an empty one or any older."""
    with writing(engine) as connection:
        make_alone(connection)
        _upgrade(connection)


def create(engine: Engine) -> None:
    """Make all tables of an empty store at once and mark it as migrated, in milliseconds."""
    with writing(engine) as connection:
        _make_tables(connection)


def _upgrade(connection: Connection) -> None:
    from alembic import command as alembic

    alembic.upgrade(alembic_config(connection), "head")


def _make_tables(connection: Connection) -> None:
    load_tables()
    sql_metadata.create_all(connection)
    connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    connection.exec_driver_sql("DELETE FROM alembic_version")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{newest()}')")


@cache
def _versions() -> tuple[str, ...]:
    """Return the versions of the schema that this program knows, the newest first.

    Raises ValueError unless the migrations form one chain.
    """
    declared = [_declared(file) for file in sorted(MIGRATIONS.glob("versions/*.py"))]
    after = {before: version for version, before in declared}
    chain, version = [], after.pop(None, None)
    while version is not None:
        chain.append(version)
        version = after.pop(version, None)
    if len(chain) != len(declared):
        raise ValueError(f"The migrations in {MIGRATIONS / 'versions'} do not form one chain")
    return tuple(reversed(chain))


def _declared(migration: Path) -> tuple[str | None, str | None]:
    """Return the version that a migration makes, and the one before it: None for the first migration."""
    found = dict(_DECLARED.findall(migration.read_text("utf-8")))
    return found.get("revision") or None, found.get("down_revision") or None


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
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
