"""The table of this room."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Integer,
    Table,
    Text,
)  # fmt: skip

from apnscp.opcenter.store.tables import metadata

usage_table = Table(
    "usage",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("figures", Text, nullable=False),
)
"""Counters that somebody set; a site without a row has figures derived from its id."""
