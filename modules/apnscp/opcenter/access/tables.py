"""The tables of this room: keys, sessions, logins, what keeps users out, failures by address."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from apnscp.opcenter.store.tables import Serial, sql_metadata


def _of_user(*, index: bool = False) -> Column[int]:
    return Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), nullable=False, index=index)


api_key_table = Table(
    "api_key",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("sealed", Text, nullable=False),
    _of_user(index=True),
    Column("comment", Text, nullable=False, default=""),
    Column("created", BigInteger, nullable=False),
    Column("last_used", BigInteger),
    Column("expires", BigInteger),
    Column("addresses", Text),
    Column("commands", Text),
    sqlite_autoincrement=True,
)
"""API keys: looked up by keyed hash, sealed so that they can be shown again."""

session_table = Table(
    "session",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    _of_user(index=True),
    Column("role", Integer, nullable=False),
    Column("gate", String(8), nullable=False),
    Column("created", BigInteger, nullable=False),
    Column("last_used", BigInteger, nullable=False, index=True),
    Column("ip", String(45)),
    Column("key_id", ForeignKey("api_key.id", ondelete="CASCADE"), index=True),
    Column("origin_user_id", ForeignKey("user.id", ondelete="CASCADE"), index=True),
    Column("sent_by", String(300)),
    sqlite_autoincrement=True,
)
"""Sessions by keyed hash of their id.

key_id: the API key that opened the first of a chain, whose rules bind them all and whose end is theirs
origin_user_id: who entered this account from its parent and may go back there
sent_by: who opened it for its user, as NAME or NAME@DOMAIN; null for a sign-in by password
"""

failure_table = Table(
    "failure",
    sql_metadata,
    Column("address", String(45), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", BigInteger, nullable=False),
)
"""Failed authentications by client address, shared by all workers."""

login_table = Table(
    "login",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    _of_user(index=True),
    Column("ip", String(45), nullable=False),
    Column("ts", BigInteger, nullable=False),
    Column("session_id", BigInteger),
)
"""Who signed in, from where; session_id: row of the session that began with it, which may be gone."""

ip_restriction_table = Table(
    "ip_restriction",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    _of_user(),
    Column("address", String(49), nullable=False),
    Column("gate", String(8), nullable=False, default=""),
    UniqueConstraint("user_id", "address", "gate"),
)
