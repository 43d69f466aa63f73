"""The tables of this room: databases, their users, and what these may do in them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table, Text, UniqueConstraint

from apnscp.opcenter.store.tables import JsonText, Serial, sql_metadata

database_table = Table(
    "database",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("name", String(64), nullable=False),
    Column("charset", String(32)),
    Column("collation_name", String(64)),
    Column("created", BigInteger, nullable=False),
    UniqueConstraint("kind", "name"),
)
"""kind: mysql or pgsql; charset, collation_name: None on PostgreSQL."""

database_user_table = Table(
    "database_user",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(8), nullable=False),
    Column("name", String(64), nullable=False),
    Column("host", String(255), nullable=False),
    Column("password", Text, nullable=False),
    Column("settings", JsonText, nullable=False),
    UniqueConstraint("kind", "name", "host"),
)
"""Users beside the main user of an account, which has a row only once it was edited.

password: the hash of that server; settings: limits and TLS, only what is not the default; host: localhost on PostgreSQL
"""

database_grant_table = Table(
    "database_grant",
    sql_metadata,
    Column("user_id", ForeignKey("database_user.id", ondelete="CASCADE"), primary_key=True),
    Column("database_id", ForeignKey("database.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("privileges", JsonText, nullable=False),
)
"""What a user may do in a database: names of privileges. The main user may do everything and has no row."""
