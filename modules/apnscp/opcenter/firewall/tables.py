"""The tables of this room."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

from apnscp.opcenter.store.tables import Serial, metadata

ban_table = Table(
    "ban",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("address", String(49), nullable=False),
    Column("jail", String(32), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("reason", Text),
    UniqueConstraint("address", "jail"),
)
"""Firewall entries: bans of a jail, and the sets whitelist, blacklist, ignorelist; until None lasts."""

delegated_table = Table(
    "delegated",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("address", String(49), primary_key=True),
    Column("until", BigInteger),
    Index(None, "address"),
)
"""Addresses that accounts let through: what rampart,whitelist lists (until None), and what ends at a time."""
