"""What a fresh panel holds, made once per process: further panels of tests are copies, which take milliseconds.

A panel is filled by hashing a password, sealing a key and some thirty statements. On SQLite the first panel's content is
kept in memory, and `Connection.backup` puts it into the stores of the others; elsewhere each panel is filled by itself.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import cache
from typing import Any

from sqlalchemy import Engine

from apnscp.core.context import Panel
from apnscp.core.secret import Secret
from apnscp.server.provisioning import fill_panel

_kept: dict[str, sqlite3.Connection] = {}
"""Key of the administrator -> the content of a panel without sites."""


@cache
def secret() -> Secret:
    """Return the secret of all panels of this process: what is copied has to be opened with it."""
    return Secret(os.urandom(32))


def fill(panel: Panel, key: str, *, demo: bool) -> None:
    """Fill an empty store as the first start of a server does.

    key: of the administrator; demo: whether to add the demo plans and sites
    """
    copies = panel.engine.dialect.name == "sqlite" and panel.secret is secret()
    if copies and key in _kept:
        _copy(_kept[key], panel.engine)
    if not copies or key not in _kept or demo:
        fill_panel(panel, admin_key=key, demo=demo)
    if copies and key not in _kept and not demo:
        _kept[key] = _content(panel.engine)


def _copy(content: sqlite3.Connection, engine: Engine) -> None:
    with closing(engine.raw_connection()) as connection:
        content.backup(_driver(connection))


def _content(engine: Engine) -> sqlite3.Connection:
    content = sqlite3.connect(":memory:", check_same_thread=False)
    with closing(engine.raw_connection()) as connection:
        _driver(connection).backup(content)
    return content


def _driver(connection: Any) -> sqlite3.Connection:
    driver: sqlite3.Connection = connection.driver_connection
    return driver
