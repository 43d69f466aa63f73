"""The table of this room."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    String,
    Table,
    Text,
)  # fmt: skip

from apnscp.opcenter.store.tables import metadata

setting_table = Table(
    "setting",
    metadata,
    Column("name", String(190), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Settings that differ from their default: ``section.key`` of config.ini, or a scope; value is JSON."""
