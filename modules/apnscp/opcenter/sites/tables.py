"""The tables of this room: sites, their host names and dedicated addresses, and data kept beside the metadata.

A site is one JSON document with a revision; what is searched or often read is a column that the database itself computes
from the document, so that an index can serve it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Computed, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement

from apnscp.opcenter.store.tables import JsonDocument, JsonText, sql_metadata


class InDocument(ColumnElement[str]):
    """One parameter of a site's document as text, written for each database."""

    inherit_cache = True

    def __init__(self, service: str, parameter: str) -> None:
        """Name the parameter; both names come from our own tables, never from a caller."""
        self.path = (service, parameter)


@compiles(InDocument, "sqlite")
def _in_sqlite(element: InDocument, compiler: Any, **_: Any) -> str:
    return "json_extract(doc, '$.{}.{}')".format(*element.path)


@compiles(InDocument, "postgresql")
def _in_postgresql(element: InDocument, compiler: Any, **_: Any) -> str:
    return "(doc -> '{}' ->> '{}')".format(*element.path)


def _computed(name: str, service: str, parameter: str) -> Column[str]:
    return Column(name, Text, Computed(InDocument(service, parameter), persisted=True))


site_table = Table(
    "site",
    sql_metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("doc", JsonDocument, nullable=False),
    Column("suspended_at", BigInteger),
    Column("suspended_reason", Text),
    _computed("domain", "siteinfo", "domain"),
    _computed("admin_user", "siteinfo", "admin_user"),
    _computed("email", "siteinfo", "email"),
    _computed("plan", "siteinfo", "plan"),
    _computed("aliases", "aliases", "aliases"),
    _computed("invoice", "billing", "invoice"),
    _computed("parent_invoice", "billing", "parent_invoice"),
    _computed("mysql_admin", "mysql", "dbaseadmin"),
    _computed("mysql_prefix", "mysql", "dbaseprefix"),
    _computed("pgsql_admin", "pgsql", "dbaseadmin"),
    _computed("pgsql_prefix", "pgsql", "dbaseprefix"),
    Index(None, "domain"),
    Index(None, "admin_user", unique=True),
    Index(None, "plan"),
    Index(None, "invoice"),
    Index(None, "parent_invoice"),
    Index(None, "mysql_admin", unique=True),
    Index(None, "mysql_prefix", unique=True),
    Index(None, "pgsql_admin", unique=True),
    Index(None, "pgsql_prefix", unique=True),
    Index(None, "suspended_at"),
)
"""suspended_at: Unix time of suspension, None while active."""

COMPUTED = {
    ("siteinfo", "domain"): site_table.c.domain,
    ("siteinfo", "admin_user"): site_table.c.admin_user,
    ("siteinfo", "email"): site_table.c.email,
    ("siteinfo", "plan"): site_table.c.plan,
    ("aliases", "aliases"): site_table.c.aliases,
    ("billing", "invoice"): site_table.c.invoice,
    ("billing", "parent_invoice"): site_table.c.parent_invoice,
}
"""Parameters that have a column of their own."""

host_table = Table(
    "host",
    sql_metadata,
    Column("name", String(253), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("is_primary", Integer, nullable=False),
)
"""Every host name that a site owns, primary and alias alike."""

dedicated_address_table = Table(
    "dedicated_address",
    sql_metadata,
    Column("address", String(45), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False, index=True),
)
"""Every IP address that belongs to one site alone (ipinfo,ipaddrs and ipinfo6,ipaddrs)."""

site_data_table = Table(
    "site_data",
    sql_metadata,
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(32), primary_key=True),
    Column("name", String(190), primary_key=True),
    Column("value", JsonText, nullable=False),
)
"""What is kept of a site beside its metadata, under a kind and a name: a backup, preferences of all its users."""
