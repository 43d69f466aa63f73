"""Rows hang on users and sites by foreign keys; one holder is seen to by the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Carry an existing store over."""
    _renamed("state", "panel_fact", ("name", "value"), _fact)
    _rebuilt("user", _user, "id, NULLIF(site_id, 0), name, password, password_before, password_until, created, properties, "
             "totp, totp_step", "SELECT * FROM old_user WHERE site_id = 0 OR site_id IN (SELECT id FROM site)")  # fmt: skip
    _of_user("preference", _preference, "owner.id, it.value")
    _of_user("denial", _denial, "owner.id, it.service")
    _of_user(
        "api_key", _api_key,
        "it.id, it.digest, it.sealed, owner.id, it.comment, it.created, it.last_used, it.expires, it.addresses, it.commands",
    )  # fmt: skip
    _sessions()
    _of_user("login", _login, "it.id, owner.id, it.ip, it.ts, it.session_id")
    _of_user("ip_restriction", _ip_restriction, "it.id, owner.id, it.address, it.gate")
    _of_site("delegated", _delegated, "site_id, address, until")
    _of_site("usage", _usage, "site_id, figures")
    _kept()
    _rebuilt("failure", _failure, "address, count, since", "SELECT * FROM old_failure")
    _one_holder()


def _aside(table: str) -> None:
    """Move the rows of a table out of the way; its indexes and constraints give their names back."""
    op.execute(f'CREATE TABLE old_{table} AS SELECT * FROM "{table}"')
    op.drop_table(table)


def _rebuilt(table: str, create: Callable[[], None], columns: str, rows: str) -> None:
    _aside(table)
    create()
    op.execute(f'INSERT INTO "{table}" SELECT {columns} FROM ({rows}) AS it')
    op.drop_table(f"old_{table}")
    _continue_numbers(table)


def _renamed(old: str, new: str, columns: tuple[str, ...], create: Callable[[], None]) -> None:
    _aside(old)
    create()
    op.execute(f"INSERT INTO {new} SELECT {', '.join(columns)} FROM old_{old}")
    op.drop_table(f"old_{old}")


def _of_user(table: str, create: Callable[[], None], columns: str) -> None:
    """Rebuild a table whose rows named their user by site and name; rows of nobody are left out."""
    _aside(table)
    create()
    op.execute(
        f'INSERT INTO {table} SELECT {columns} FROM old_{table} AS it JOIN "user" AS owner '
        'ON owner.name = it."user" AND COALESCE(owner.site_id, 0) = it.site_id'
    )
    op.drop_table(f"old_{table}")
    _continue_numbers(table)


def _of_site(table: str, create: Callable[[], None], columns: str) -> None:
    _rebuilt(table, create, columns, f"SELECT * FROM old_{table} WHERE site_id IN (SELECT id FROM site)")


def _sessions() -> None:
    _aside("session")
    _session()
    op.execute(
        "INSERT INTO session SELECT it.id, it.digest, owner.id, it.role, it.gate, it.created, it.last_used, it.ip, it.key_id, "
        'origin.id FROM old_session AS it JOIN "user" AS owner '
        'ON owner.name = it."user" AND COALESCE(owner.site_id, 0) = it.site_id '
        'LEFT JOIN "user" AS origin ON origin.name = it.origin_user AND COALESCE(origin.site_id, 0) = it.origin_site_id '
        "WHERE it.ended IS NULL AND (it.key_id IS NULL OR it.key_id IN (SELECT id FROM api_key)) "
        "AND (it.origin_user IS NULL OR origin.id IS NOT NULL)"
    )
    op.drop_table("old_session")
    _continue_numbers("session")


def _kept() -> None:
    """Split what was kept under a kind: quota projects are the panel's, the rest belongs to a site."""
    _aside("kept")
    _site_data()
    _quota_project()
    op.execute(
        "INSERT INTO site_data SELECT site_id, kind, name, value FROM old_kept WHERE site_id IN (SELECT id FROM site)"
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT name, value FROM old_kept WHERE site_id = 0 AND kind = 'quota-project'")
    ).all()
    for name, value in rows:
        limits = json.loads(value)
        values = {"name": name, "blocks": limits["blocks"], "inodes": limits["inodes"]}
        connection.execute(sa.text("INSERT INTO quota_project VALUES (:name, :blocks, :inodes)"), values)
    op.drop_table("old_kept")


def _one_holder() -> None:
    """Let the database see to it that a database user and a dedicated address have one holder.

    Where two sites came to share one, the first keeps it: the other's database user gets its site's number, and an
    address stays in its metadata until the next edit.
    """
    connection = op.get_bind()
    for service in ("mysql", "pgsql"):
        op.drop_index(f"ix_site_{service}_admin", "site")
        earlier = f"SELECT 1 FROM site WHERE {service}_admin = it.{service}_admin AND id < it.id"
        twice = f"SELECT id FROM site AS it WHERE EXISTS ({earlier})"
        for (site_id,) in connection.execute(sa.text(twice)).all():
            _number_database_user(connection, site_id, service)
        op.create_index(f"ix_site_{service}_admin", "site", [f"{service}_admin"], unique=True)
    _dedicated_address()
    held: set[str] = set()
    for site_id, raw in connection.execute(sa.text("SELECT id, doc FROM site ORDER BY id")).all():
        document = json.loads(raw) if isinstance(raw, str) else raw
        for address in _addresses(document) - held:
            held.add(address)
            values = {"address": address, "site_id": site_id}
            connection.execute(sa.text("INSERT INTO dedicated_address VALUES (:address, :site_id)"), values)


def _number_database_user(connection: sa.Connection, site_id: int, service: str) -> None:
    raw = connection.execute(sa.text("SELECT doc FROM site WHERE id = :id"), {"id": site_id}).scalar_one()
    document = json.loads(raw) if isinstance(raw, str) else raw
    document[service]["dbaseadmin"] = f"{document[service]['dbaseadmin'][:20]}-{site_id}"
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    connection.execute(sa.text("UPDATE site SET doc = :doc WHERE id = :id"), {"doc": text, "id": site_id})


def _addresses(document: dict[str, Any]) -> set[str]:
    return {address for name in ("ipinfo", "ipinfo6") for address in document.get(name, {}).get("ipaddrs") or ()}


def _continue_numbers(table: str) -> None:
    """Let PostgreSQL's sequence go on behind the numbers that were carried over."""
    if op.get_bind().dialect.name == "postgresql" and table in (
        "user",
        "api_key",
        "session",
        "login",
        "ip_restriction",
    ):
        sequence = f"pg_get_serial_sequence('\"{table}\"', 'id')"
        op.execute(f'SELECT setval({sequence}, (SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}"), false)')


def _cascade(column: str, to: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete="CASCADE")


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _fact() -> None:
    op.create_table(
        "panel_fact",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _primary("panel_fact", "name"),
    )


def _user() -> None:
    op.create_table(
        "user",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("site_id", sa.Integer()),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("password", sa.Text()),
        sa.Column("password_before", sa.Text()),
        sa.Column("password_until", sa.BigInteger()),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("totp", sa.Text()),
        sa.Column("totp_step", sa.BigInteger()),
        _cascade("site_id", "site", "user"),
        _primary("user", "id"),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_user_site_id_name")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_user_password_until"), "user", ["password_until"])
    panel = sa.text("site_id IS NULL")
    op.create_index("uq_user_of_panel", "user", ["name"], unique=True, sqlite_where=panel, postgresql_where=panel)


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _cascade("user_id", "user", "preference"),
        _primary("preference", "user_id"),
    )


def _denial() -> None:
    op.create_table(
        "denial",
        sa.Column("user_id", SERIAL, nullable=False),
        sa.Column("service", sa.String(length=16), nullable=False),
        _cascade("user_id", "user", "denial"),
        _primary("denial", "user_id", "service"),
    )


def _api_key() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("user_id", SERIAL, nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("last_used", sa.BigInteger()),
        sa.Column("expires", sa.BigInteger()),
        sa.Column("addresses", sa.Text()),
        sa.Column("commands", sa.Text()),
        _cascade("user_id", "user", "api_key"),
        _primary("api_key", "id"),
        sa.UniqueConstraint("digest", name=op.f("uq_api_key_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_api_key_user_id"), "api_key", ["user_id"])


def _session() -> None:
    op.create_table(
        "session",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("user_id", SERIAL, nullable=False),
        sa.Column("role", sa.Integer(), nullable=False),
        sa.Column("gate", sa.String(length=8), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("last_used", sa.BigInteger(), nullable=False),
        sa.Column("ip", sa.String(length=45)),
        sa.Column("key_id", SERIAL),
        sa.Column("origin_user_id", SERIAL),
        _cascade("user_id", "user", "session"),
        _cascade("key_id", "api_key", "session"),
        _cascade("origin_user_id", "user", "session"),
        _primary("session", "id"),
        sa.UniqueConstraint("digest", name=op.f("uq_session_digest")),
        sqlite_autoincrement=True,
    )
    for column in ("user_id", "last_used", "key_id", "origin_user_id"):
        op.create_index(op.f(f"ix_session_{column}"), "session", [column])


def _login() -> None:
    op.create_table(
        "login",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("user_id", SERIAL, nullable=False),
        sa.Column("ip", sa.String(length=45), nullable=False),
        sa.Column("ts", sa.BigInteger(), nullable=False),
        sa.Column("session_id", sa.BigInteger()),
        _cascade("user_id", "user", "login"),
        _primary("login", "id"),
    )
    op.create_index(op.f("ix_login_user_id"), "login", ["user_id"])


def _ip_restriction() -> None:
    op.create_table(
        "ip_restriction",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("user_id", SERIAL, nullable=False),
        sa.Column("address", sa.String(length=49), nullable=False),
        sa.Column("gate", sa.String(length=8), nullable=False),
        _cascade("user_id", "user", "ip_restriction"),
        _primary("ip_restriction", "id"),
        sa.UniqueConstraint("user_id", "address", "gate", name=op.f("uq_ip_restriction_user_id_address_gate")),
    )


def _delegated() -> None:
    op.create_table(
        "delegated",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=49), nullable=False),
        sa.Column("until", sa.BigInteger()),
        _cascade("site_id", "site", "delegated"),
        _primary("delegated", "site_id", "address"),
    )
    op.create_index(op.f("ix_delegated_address"), "delegated", ["address"])


def _usage() -> None:
    op.create_table(
        "usage",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        _cascade("site_id", "site", "usage"),
        _primary("usage", "site_id"),
    )


def _site_data() -> None:
    op.create_table(
        "site_data",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=190), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _cascade("site_id", "site", "site_data"),
        _primary("site_data", "site_id", "kind", "name"),
    )


def _quota_project() -> None:
    op.create_table(
        "quota_project",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("blocks", sa.BigInteger(), nullable=False),
        sa.Column("inodes", sa.BigInteger(), nullable=False),
        _primary("quota_project", "name"),
    )


def _failure() -> None:
    op.create_table(
        "failure",
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        _primary("failure", "address"),
    )


def _dedicated_address() -> None:
    op.create_table(
        "dedicated_address",
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        _cascade("site_id", "site", "dedicated_address"),
        _primary("dedicated_address", "address"),
    )
    op.create_index(op.f("ix_dedicated_address_site_id"), "dedicated_address", ["site_id"])
