"""The tables of this room: users, their preferences, and the services that are denied to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text

from apnscp.opcenter.store.tables import JsonText, Serial, sql_metadata

user_table = Table(
    "user",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE")),
    Column("name", String(64), nullable=False),
    Column("password", Text),
    Column("password_before", Text),
    Column("password_until", BigInteger, index=True),
    Column("created", BigInteger, nullable=False),
    Column("properties", JsonText, nullable=False, default=dict),
    Column("totp", Text),
    Column("totp_step", BigInteger),
    UniqueConstraint("site_id", "name"),
    Index(
        "uq_user_of_panel",
        "name",
        unique=True,
        sqlite_where=text("site_id IS NULL"),
        postgresql_where=text("site_id IS NULL"),
    ),
    sqlite_autoincrement=True,
)
"""Users of sites, and of the panel itself, which have no site.

password_before comes back at password_until (temporary password). properties: gecos, home, shell
where they differ from the usual.
totp: the sealed secret of the second factor; totp_step: the 30 seconds whose code was used last
"""

preference_table = Table(
    "preference",
    sql_metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("value", JsonText, nullable=False),
)

denial_table = Table(
    "denial",
    sql_metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("service", String(16), primary_key=True),
)
"""Services that a user may not use, by the names of `switches.SERVICES`; what is not listed is permitted."""
