"""Database users as the methods of the modules list them."""

from __future__ import annotations

from apnscp.core.answers_databases import MysqlUser, PgsqlUser
from apnscp.core.context import Context
from apnscp.opcenter.databases import options, users
from apnscp.opcenter.databases.account import own
from apnscp.opcenter.databases.kinds import MYSQL, PGSQL, Kind
from apnscp.opcenter.databases.users import DatabaseUser


def mysql_users(ctx: Context) -> dict[str, dict[str, MysqlUser]]:
    """Return the MySQL users of the caller's account: user to host to its columns."""
    found: dict[str, dict[str, MysqlUser]] = {}
    for user in users.of_account(ctx, own(ctx, MYSQL)):
        values = {**options.DEFAULTS, **user.settings}
        found.setdefault(user.name, {})[user.host] = {
            "ssl_type": values["ssl_type"],
            "ssl_cipher": values["ssl_cipher"],
            "x509_issuer": values["x509_issuer"],
            "x509_subject": values["x509_subject"],
            "max_questions": values["max_questions"],
            "max_updates": values["max_updates"],
            "max_user_connections": _connections(ctx, MYSQL, user),
            "max_connections": values["max_connections"],
            "password": user.password,
        }
    return found


def pgsql_users(ctx: Context) -> dict[str, PgsqlUser]:
    """Return the PostgreSQL users of the caller's account."""
    return {
        user.name: {"max_connections": _connections(ctx, PGSQL, user), "password": user.password}
        for user in users.of_account(ctx, own(ctx, PGSQL))
    }


def _connections(ctx: Context, kind: Kind, user: DatabaseUser) -> int:
    return int(user.settings.get("max_user_connections", ctx.settings[kind.concurrency]))
