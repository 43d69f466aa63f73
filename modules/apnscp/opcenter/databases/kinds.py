"""The two database servers, and in what they differ (docs/panel.md, section 25)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass


def _mysql_hash(password: str, _: str) -> str:
    inner = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    return "*" + hashlib.sha1(inner, usedforsecurity=False).hexdigest().upper()


def _pgsql_hash(password: str, user: str) -> str:
    return "md5" + hashlib.md5((password + user).encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Kind:
    """A database server.

    service: its module and service; title: its name for people
    longest_database, longest_user: characters of a name at the most
    concurrency: the setting with the connections that a user may hold at the most, and holds by default
    privileges: what can be granted, in order; reading: those that the shortcut `read` stands for, `write` for the others
        but `grant`
    hash: password and user name to what the server keeps
    unset: from 64 hexadecimal digits that belong to no password to a hash
    """

    service: str
    title: str
    longest_database: int
    longest_user: int
    concurrency: str
    privileges: tuple[str, ...]
    reading: frozenset[str]
    hash: Callable[[str, str], str]
    unset: Callable[[str], str]

    @property
    def shortcuts(self) -> dict[str, frozenset[str]]:
        """Return the privileges that each shortcut stands for."""
        return {"read": self.reading, "write": frozenset(self.privileges) - self.reading - {"grant"}}

    def method(self, name: str) -> str:
        """Return a method of this module as messages name it, such as ``mysql:list-users``."""
        return f"{self.service}:{name}"


MYSQL = Kind(
    service="mysql",
    title="MySQL",
    longest_database=64,
    longest_user=16,
    concurrency="mysql.concurrency_limit",
    privileges=(
        "select", "insert", "update", "delete", "create", "drop", "grant", "references", "index", "alter",
        "create_tmp_table", "lock_tables", "create_view", "show_view", "create_routine", "alter_routine", "execute",
    ),
    reading=frozenset({"select", "show_view", "lock_tables"}),
    hash=_mysql_hash,
    unset=lambda digits: "*" + digits[:40].upper(),
)  # fmt: skip
PGSQL = Kind(
    service="pgsql",
    title="PostgreSQL",
    longest_database=63,
    longest_user=63,
    concurrency="pgsql.database_concurrency_limit",
    privileges=(
        "select", "insert", "update", "delete", "truncate", "references", "trigger", "create", "connect", "temporary",
        "usage", "execute",
    ),
    reading=frozenset({"select", "connect", "usage"}),
    hash=_pgsql_hash,
    unset=lambda digits: "md5" + digits[:32],
)  # fmt: skip
KINDS = (MYSQL, PGSQL)
