"""The table of this room: settings that differ from their default."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from apnscp.opcenter.store.tables import JsonText, sql_metadata

setting_table = Table(
    "setting",
    sql_metadata,
    Column("name", String(190), primary_key=True),
    Column("value", JsonText, nullable=False),
)
"""Names are ``section.key`` of config.ini, or a scope."""
