"""The tables of this room: counters that somebody set, limits of users, and quota projects."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, String, Table

from apnscp.opcenter.store.tables import JsonText, sql_metadata

usage_table = Table(
    "usage",
    sql_metadata,
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("figures", JsonText, nullable=False),
)
"""Counters that somebody set; a site without a row has figures derived from its id."""

quota_project_table = Table(
    "quota_project",
    sql_metadata,
    Column("name", String(32), primary_key=True),
    Column("blocks", BigInteger, nullable=False),
    Column("inodes", BigInteger, nullable=False),
)
"""Storage limits that accounts share: blocks in KB, inodes in files; 0 is no limit."""

user_quota_table = Table(
    "user_quota",
    sql_metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("blocks", BigInteger, nullable=False),
    Column("inodes", BigInteger, nullable=False),
)
"""Storage limits of single users: blocks in KB, inodes in files; 0, or no row, is the account's own limit."""
