"""The table of this room: subdomains."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from apnscp.opcenter.store.tables import sql_metadata

subdomain_table = Table(
    "subdomain",
    sql_metadata,
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String(253), primary_key=True),
    Column("path", Text, nullable=False),
)
"""Subdomains of sites, each with its document root.

name: ``shop.example.com``, ``*.example.com``, or ``shop`` for one below every domain of the site
"""
