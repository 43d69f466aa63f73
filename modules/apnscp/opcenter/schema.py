"""The tables of a panel's store, for SQLite and PostgreSQL alike.

A site is one JSON document with a revision; what is searched or often read is a column that the database itself computes
from the document, so that an index can serve it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Computed,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Document = Text().with_variant(postgresql.JSON(), "postgresql")
"""JSON text; PostgreSQL's `json` (not `jsonb`) keeps the order of the keys, as the panel shows them."""

Serial = BigInteger().with_variant(Integer(), "sqlite")


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


site = Table(
    "site",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, default=1),
    Column("doc", Document, nullable=False),
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
    Index(None, "mysql_admin"),
    Index(None, "mysql_prefix", unique=True),
    Index(None, "pgsql_admin"),
    Index(None, "pgsql_prefix", unique=True),
    Index(None, "suspended_at"),
)
"""suspended_at: Unix time of suspension, None while active."""

COMPUTED = {
    ("siteinfo", "domain"): site.c.domain,
    ("siteinfo", "admin_user"): site.c.admin_user,
    ("siteinfo", "email"): site.c.email,
    ("siteinfo", "plan"): site.c.plan,
    ("aliases", "aliases"): site.c.aliases,
    ("billing", "invoice"): site.c.invoice,
    ("billing", "parent_invoice"): site.c.parent_invoice,
}
"""Parameters that have a column of their own."""

host = Table(
    "host",
    metadata,
    Column("name", String(253), primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("is_primary", Integer, nullable=False),
)
"""Every host name that a site owns, primary and alias alike."""

user = Table(
    "user",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("password", Text),
    Column("password_before", Text),
    Column("password_until", BigInteger, index=True),
    Column("email", Text),
    Column("created", BigInteger, nullable=False),
    Column("properties", Text, nullable=False, default="{}"),
    Column("totp", Text),
    Column("totp_step", BigInteger),
    UniqueConstraint("site_id", "name"),
)
"""Users; site_id 0 is the administrator. password_before comes back at password_until (temporary password).

totp: the sealed secret of the second factor; totp_step: the 30 seconds whose code was used last
"""

denial = Table(
    "denial",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("user", String(64), primary_key=True),
    Column("service", String(16), primary_key=True),
)
"""Services (cp, dav) that a user may not sign in to."""

api_key = Table(
    "api_key",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("sealed", Text, nullable=False),
    Column("site_id", Integer, nullable=False, index=True),
    Column("user", String(64), nullable=False),
    Column("comment", Text, nullable=False, default=""),
    Column("created", BigInteger, nullable=False),
    Column("last_used", BigInteger),
    Column("expires", BigInteger),
    Column("addresses", Text),
    Column("commands", Text),
)
"""API keys: looked up by keyed hash, sealed so that they can be shown again."""

session = Table(
    "session",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("site_id", Integer, nullable=False, index=True),
    Column("user", String(64), nullable=False),
    Column("role", Integer, nullable=False),
    Column("gate", String(8), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("last_used", BigInteger, nullable=False, index=True),
    Column("ended", BigInteger),
    Column("ip", String(45)),
    Column("parent_id", BigInteger),
    Column("key_id", BigInteger, index=True),
    Column("origin_site_id", Integer, index=True),
    Column("origin_user", String(64)),
)
"""Sessions by keyed hash of their id. key_id: the API key that opened the first of a chain, whose rules bind them all.
origin_site_id, origin_user: who entered this account from its parent and may go back there.
"""

setting = Table(
    "setting",
    metadata,
    Column("name", String(190), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Settings that differ from their default: ``section.key`` of config.ini, or a scope; value is JSON."""

state = Table(
    "state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single facts of the panel: generation, highest site id so far, clock, boot time."""

preference = Table(
    "preference",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("user", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

ban = Table(
    "ban",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("address", String(49), nullable=False),
    Column("jail", String(32), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("until", BigInteger),
    Column("reason", Text),
    UniqueConstraint("address", "jail"),
)
"""Firewall entries: bans of a jail, and the sets whitelist, blacklist, ignorelist; until None lasts."""

delegated = Table(
    "delegated",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("address", String(49), primary_key=True),
    Column("until", BigInteger),
    Index(None, "address"),
)
"""Addresses that accounts let through: what rampart,whitelist lists (until None), and what ends at a time."""

failure = Table(
    "failure",
    metadata,
    Column("address", String(45), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("last", Float, nullable=False),
)
"""Failed authentications by client address, shared by all workers."""

usage = Table(
    "usage",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("figures", Text, nullable=False),
)
"""Counters that somebody set; a site without a row has figures derived from its id."""

login = Table(
    "login",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", Integer, nullable=False),
    Column("user", String(64), nullable=False),
    Column("ip", String(45), nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("session_id", BigInteger),
    Index(None, "site_id", "user"),
)
"""Who signed in, from where; session_id: row of the session that began with it."""

ip_restriction = Table(
    "ip_restriction",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", Integer, nullable=False),
    Column("user", String(64), nullable=False),
    Column("address", String(49), nullable=False),
    Column("gate", String(8), nullable=False, default=""),
    UniqueConstraint("site_id", "user", "address", "gate"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ts", BigInteger, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""Mails that the panel would have sent."""

journal = Table(
    "journal",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ts", Float, nullable=False),
    Column("command", String(96), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("site_id", Integer, nullable=False),
    Column("user", String(64), nullable=False),
    Column("role", Integer, nullable=False),
    Column("ip", String(45), nullable=False),
    Column("ms", Float, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("messages", Text, nullable=False),
)
"""What was called, by whom, with which arguments (secrets masked) and how it ended."""

kept = Table(
    "kept",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), primary_key=True),
    Column("name", String(190), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Things kept per site under a kind and a name: backups of metadata, dns zones, quota projects ..."""
