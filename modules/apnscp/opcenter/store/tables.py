"""What all tables share, and the tables of this room."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)  # fmt: skip
from sqlalchemy.dialects import postgresql

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

JsonDocument = Text().with_variant(postgresql.JSON(), "postgresql")
"""JSON text; PostgreSQL's `json` (not `jsonb`) keeps the order of the keys, as the panel shows them."""

Serial = BigInteger().with_variant(Integer(), "sqlite")

fact_table = Table(
    "state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single facts of the panel: generation, highest site id so far, clock, boot time."""

outbox_table = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ts", BigInteger, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Mails that the panel would have sent."""

journal_table = Table(
    "journal",
    metadata,
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
)
"""What was called, by whom, with which arguments (secrets masked) and how it ended."""
