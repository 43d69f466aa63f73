"""The table of this room: what is known of the further domains of a site beside their names."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text, UniqueConstraint

from apnscp.opcenter.store.tables import Serial, sql_metadata

addon_domain_table = Table(
    "addon_domain",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(253), nullable=False),
    Column("path", Text, nullable=False),
    Column("owner", String(64)),
    Column("journal", String(8), nullable=False, default=""),
    UniqueConstraint("site_id", "name"),
)
"""Domains with a document root of their own, and those that wait to be added or removed.

Which domains a site holds stands in aliases,aliases; one of them without a row has the usual document root.
path: with a final slash; owner: name of a user, None for the account's administrator
journal: add or remove until aliases:synchronize-changes, else empty
"""
