"""The table of this room: what the FTP server is told of single users."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from apnscp.opcenter.store.tables import sql_metadata

ftp_option_table = Table(
    "ftp_option",
    sql_metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Directives of vsftpd for one user, as its configuration would hold them."""
