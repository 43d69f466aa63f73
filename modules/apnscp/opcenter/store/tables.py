"""What the tables of all rooms share, and the tables of this one: facts, outgoing mail, the journal."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import BigInteger, Column, Dialect, Float, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

sql_metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Serial = BigInteger().with_variant(Integer(), "sqlite")
"""Numbers that the database gives; a table whose numbers must never come back says `sqlite_autoincrement` as well."""


_compact = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


class JsonText(TypeDecorator[Any]):
    """A value as JSON text, on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write the value; None is JSON's null."""
        return json.dumps(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read the value; a row that an outer join did not find has none."""
        return None if value is None else json.loads(value)


class JsonDocument(TypeDecorator[Any]):
    """A document that the database looks into: JSON text on SQLite.

    On PostgreSQL it is `json`, not `jsonb`: that keeps the order of the keys, as the panel shows them.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type of this database."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(Text())
        from sqlalchemy.dialects import postgresql

        return dialect.type_descriptor(postgresql.JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Write the document; PostgreSQL's driver does so itself."""
        return value if dialect.name == "postgresql" else _compact(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read the document; PostgreSQL's driver has done so already."""
        return json.loads(value) if isinstance(value, str) else value


fact_table = Table(
    "panel_fact",
    sql_metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single facts of the panel: its generation, the highest site id so far, its clock, when its jobs ran."""

outbox_table = Table(
    "outbox",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("ts", BigInteger, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Messages that the panel would have sent by mail."""

journal_table = Table(
    "journal",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("ts", Float, nullable=False),
    Column("command", String(96), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("site_id", Integer, nullable=False),
    Column("user", String(64), nullable=False),
    Column("role", Integer, nullable=False),
    Column("ip", String(45), nullable=False),
    Column("ms", Float, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("messages", Text, nullable=False),
    Column("gate", String(8)),
    Column("key_id", BigInteger),
    Column("session_row", BigInteger),
    Column("told", String(8)),
    Column("abort_on", String(16)),
    Column("request_size", BigInteger),
    Column("response_size", BigInteger),
    Column("touched", Text),
    Column("changes", Text),
    Column("result", Text),
    Column("request", Text),
    Column("response", Text),
)
"""What was called, by whom, with which arguments (secrets masked), what it did and how it ended.

gate, key_id, session_row: how the caller came in; the key and the session may be gone by now
told: whether the caller got an answer, a fault or nothing; abort_on: the header of that name
request, response: the envelopes, cut; request_size, response_size: their bytes as they were sent
touched: numbers of the sites that were changed, each between spaces; changes, result: JSON
Everything from `gate` on is null in entries that are older than these columns.
"""
