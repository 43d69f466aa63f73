"""The tables of this room: addresses, domains that receive mail against the rule, vacation messages."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from apnscp.opcenter.store.tables import JsonText, Serial, sql_metadata

mail_address_table = Table(
    "mail_address",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), index=True),
    Column("local", String(64), nullable=False),
    Column("domain", String(253), nullable=False),
    Column("type", String(1), nullable=False),
    Column("folder", String(255), nullable=False),
    Column("destination", Text, nullable=False),
    Column("enabled", Integer, nullable=False),
    UniqueConstraint("site_id", "domain", "local"),
)
"""Addresses of an account; it has rows once something was changed (`addresses.keep`).

local: the part before ``@``, empty for a catch-all; type: v for a mailbox of `user_id`, a for a forward to `destination`
folder: of the mailbox, empty for the inbox
"""

mail_transport_table = Table(
    "mail_transport",
    sql_metadata,
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("domain", String(253), primary_key=True),
    Column("receives", Integer, nullable=False),
)
"""Where receiving mail differs from the rule that the domains of an account do and their subdomains do not."""

vacation_table = Table(
    "vacation",
    sql_metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("enabled", Integer, nullable=False),
    Column("options", JsonText, nullable=False),
)
"""Vacation messages; options: only those that are not the default."""
