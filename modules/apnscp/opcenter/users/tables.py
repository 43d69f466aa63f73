"""The tables of this room."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

from apnscp.opcenter.store.tables import Serial, metadata

user_table = Table(
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

preference_table = Table(
    "preference",
    metadata,
    Column("site_id", Integer, primary_key=True, autoincrement=False),
    Column("user", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
