"""The tables of this room."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

from apnscp.opcenter.store.tables import Serial, metadata

denial_table = Table(
    "denial",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("user", String(64), primary_key=True),
    Column("service", String(16), primary_key=True),
)
"""Services (cp, dav) that a user may not sign in to."""

api_key_table = Table(
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

session_table = Table(
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

failure_table = Table(
    "failure",
    metadata,
    Column("address", String(45), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("last", Float, nullable=False),
)
"""Failed authentications by client address, shared by all workers."""

login_table = Table(
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

ip_restriction_table = Table(
    "ip_restriction",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", Integer, nullable=False),
    Column("user", String(64), nullable=False),
    Column("address", String(49), nullable=False),
    Column("gate", String(8), nullable=False, default=""),
    UniqueConstraint("site_id", "user", "address", "gate"),
)
