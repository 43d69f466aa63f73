"""The tables of this room: bans and lists, and what accounts let through."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from apnscp.opcenter.store.tables import Serial, sql_metadata

ban_table = Table(
    "ban",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("address", String(49), nullable=False),
    Column("jail", String(32), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("reason", Text),
    UniqueConstraint("address", "jail"),
)
"""Firewall entries: bans of a jail, and the lists whitelist, blacklist, ignorelist; an `until` of None lasts."""

delegated_table = Table(
    "delegated",
    sql_metadata,
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("address", String(49), primary_key=True),
    Column("until", BigInteger),
    Index(None, "address"),
)
"""Addresses that accounts let through: what rampart,whitelist lists (until None), and what ends at a time."""
