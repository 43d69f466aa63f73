"""Fixtures of the whole suite: both databases, and peers that must be there in CI."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from apnscp.opcenter.store import create, open_engine
from apnscp.server.testing import EmulatedPanel, make_panel
from sqlalchemy import Engine, create_engine, make_url, text

POSTGRES = os.environ.get("APNSCP_TEST_POSTGRES", "")
REQUIRED = os.environ.get("APNSCP_REQUIRE_PEERS") == "1"


def missing(what: str) -> None:
    """Skip a test whose peer is not there; where peers are required, fail it."""
    (pytest.fail if REQUIRED else pytest.skip)(f"{what} is not there")


@pytest.fixture
def need() -> Callable[[str], str]:
    """Give the path of a program, or skip (fail where peers are required) when it is missing."""

    def find(program: str) -> str:
        found = shutil.which(program)
        if found is None:
            missing(program)
        return str(found)

    return find


def _fresh_postgres() -> Iterator[Engine]:
    if not POSTGRES:
        missing("PostgreSQL (APNSCP_TEST_POSTGRES)")
    name = f"apnscp_{uuid.uuid4().hex[:12]}"
    server = create_engine(
        make_url(POSTGRES).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", pool_size=1
    )
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = open_engine(make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))
    create(engine)
    yield engine
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_store(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """Give an empty store on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("apnscp_store")
    else:
        yield from _fresh_postgres()


@pytest.fixture
def each_panel(each_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    """Give a fresh panel on each database in turn."""
    yield from make_panel(each_store, tmp_path)


@pytest.fixture
def demo_panel(apnscp_store: Engine, tmp_path: Path) -> Iterator[EmulatedPanel]:
    """Give a panel with the demo plans and sites."""
    yield from make_panel(apnscp_store, tmp_path, demo=True)
