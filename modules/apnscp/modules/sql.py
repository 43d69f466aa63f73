"""Module sql: the older front of both database servers; mysql and pgsql have the same and more (docs/panel.md, section 25)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers_databases import MysqlUser, PgsqlUser
from apnscp.core.context import Context
from apnscp.core.php_types import Secret, Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.databases import account, catalogue, listing, users
from apnscp.opcenter.databases import privileges as granted
from apnscp.opcenter.databases.kinds import MYSQL, PGSQL
from apnscp.opcenter.lifecycle import database_prefixes
from apnscp.opcenter.settings.versions import VERSIONS


@command(Role.SITE | Role.USER)
def enabled(ctx: Context, svc_name: Annotated[str, Untyped]) -> bool:
    """Tell whether the account has a database server.

    svc_name: mysql or pgsql
    """
    return account.own(ctx, account.kind_named(svc_name)).enabled


@command(Role.SITE | Role.USER)
def get_prefix(ctx: Context) -> str | None:
    """Return what names of databases and users begin with: MySQL's prefix, else PostgreSQL's, else null."""
    return account.own(ctx, MYSQL).prefix or account.own(ctx, PGSQL).prefix


@command(Role.SITE, "write")
def change_prefix(ctx: Context, prefix: Annotated[str, Untyped]) -> bool:
    """Change the prefix on both servers; databases and users are renamed, credentials in applications are not.

    prefix: three characters at least with the final `_`, which is added where it is missing
    """
    database_prefixes.change(ctx, prefix)
    return True


@command(Role.ALL)
def mysql_version(ctx: Context, pretty: Annotated[bool, Untyped] = False) -> int | str:
    """Return what mysql:version returns."""
    return str(VERSIONS["mysql"]) if pretty else VERSIONS["mysql"].packed


@command(Role.ALL)
def pgsql_version(ctx: Context, pretty: Annotated[bool, Untyped] = False) -> int | str:
    """Return what pgsql:version returns."""
    return str(VERSIONS["pgsql"]) if pretty else VERSIONS["pgsql"].packed


@command(Role.SITE)
def list_mysql_databases(ctx: Context) -> list[str]:
    """Return what mysql:list-databases returns."""
    return catalogue.of_account(ctx.db, account.own(ctx, MYSQL))


@command(Role.SITE)
def list_pgsql_databases(ctx: Context) -> list[str]:
    """Return what pgsql:list-databases returns."""
    return catalogue.of_account(ctx.db, account.own(ctx, PGSQL))


@command(Role.ADMIN | Role.SITE)
def mysql_database_exists(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Return what mysql:database-exists returns."""
    return catalogue.exists(ctx, MYSQL, db)


@command(Role.ADMIN | Role.SITE)
def pgsql_database_exists(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Return what pgsql:database-exists returns."""
    return catalogue.exists(ctx, PGSQL, db)


@command(Role.SITE, "write")
def create_mysql_database(
    ctx: Context,
    db: Annotated[str, Untyped],
    charset: Annotated[str, Untyped] = "latin1",
    collation: Annotated[str, Untyped] = "latin1_general_ci",
) -> bool:
    """Make a database as mysql:create-database does, by default with another collation."""
    catalogue.create(ctx, MYSQL, db, charset, collation)
    return True


@command(Role.SITE, "write")
def create_pgsql_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Make a database as pgsql:create-database does."""
    catalogue.create(ctx, PGSQL, db)
    return True


@command(Role.SITE, "write")
def delete_mysql_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Delete a database as mysql:delete-database does."""
    catalogue.remove(ctx, MYSQL, db)
    return True


@command(Role.SITE, "write")
def delete_pgsql_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Delete a database as pgsql:delete-database does."""
    catalogue.remove(ctx, PGSQL, db)
    return True


@command(Role.SITE)
def list_mysql_users(ctx: Context) -> dict[str, dict[str, MysqlUser]]:
    """Return what mysql:list-users returns."""
    return listing.mysql_users(ctx)


@command(Role.SITE)
def list_pgsql_users(ctx: Context) -> dict[str, PgsqlUser]:
    """Return what pgsql:list-users returns."""
    return listing.pgsql_users(ctx)


@command(Role.SITE)
def mysql_user_exists(ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped] = "localhost") -> bool:
    """Return what mysql:user-exists returns."""
    return users.find(ctx, account.own(ctx, MYSQL), user, host) is not None


@command(Role.SITE)
def pgsql_user_exists(ctx: Context, user: Annotated[str, Untyped]) -> bool:
    """Return what pgsql:user-exists returns."""
    return users.find(ctx, account.own(ctx, PGSQL), user) is not None


@command(Role.SITE, "write")
def add_mysql_user(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], password: Annotated[str, Untyped, Secret],
    maxconn: Annotated[int, Untyped] = 5, maxupdates: Annotated[int, Untyped] = 0, maxquery: Annotated[int, Untyped] = 0,
    ssl: Annotated[str, Untyped] = "", cipher: Annotated[str, Untyped] = "", issuer: Annotated[str, Untyped] = "",
    subject: Annotated[str, Untyped] = "",
) -> bool:  # fmt: skip
    """Add a user as mysql:add-user does, by default with five connections at once."""
    tls = {"ssl": ssl, "cipher": cipher, "issuer": issuer, "subject": subject}
    users.add(ctx, MYSQL, user, password, maxconn, host, maxupdates=maxupdates, maxquery=maxquery, **tls)
    return True


@command(Role.SITE, "write")
def add_pgsql_user(
    ctx: Context, user: Annotated[str, Untyped], password: Annotated[str, Untyped, Secret],
    maxconn: Annotated[int, Untyped] = 5,
) -> bool:  # fmt: skip
    """Add a user as pgsql:add-user does, by default with five connections at once."""
    users.add(ctx, PGSQL, user, password, maxconn)
    return True


@command(Role.SITE, "write")
def edit_mysql_user(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], opts: Annotated[dict[str, Any], Untyped]
) -> bool:
    """Change a user as mysql:edit-user does."""
    users.edit(ctx, MYSQL, user, host, opts)
    return True


@command(Role.SITE, "write")
def edit_pgsql_user(
    ctx: Context, user: Annotated[str, Untyped], password: Annotated[str | None, Untyped, Secret],
    maxconn: Annotated[int | None, Untyped] = None,
) -> bool:  # fmt: skip
    """Change a user as pgsql:edit-user does."""
    users.edit(ctx, PGSQL, user, users.LOCAL, users.given(password, maxconn))
    return True


@command(Role.SITE, "write")
def delete_mysql_user(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], cascade: Annotated[bool, Untyped] = True
) -> bool:
    """Delete a user as mysql:delete-user does.

    cascade: take its privileges away; without, a user that has any is not deleted
    """
    users.remove(ctx, MYSQL, user, host, cascade=cascade)
    return True


@command(Role.SITE, "write")
def delete_pgsql_user(ctx: Context, user: Annotated[str, Untyped], cascade: Annotated[bool, Untyped] = False) -> bool:
    """Delete a user as pgsql:delete-user does."""
    users.remove(ctx, PGSQL, user, cascade=cascade)
    return True


@command(Role.SITE)
def get_mysql_privileges(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], db: Annotated[str, Untyped]
) -> dict[str, bool]:
    """Return what mysql:get-privileges returns."""
    return granted.of_user(ctx, MYSQL, user, host, db)


@command(Role.SITE, "write")
def set_mysql_privileges(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], db: Annotated[str, Untyped],
    privileges: dict[str, Any],
) -> bool:  # fmt: skip
    """Give a user privileges in a database as mysql:set-privileges does."""
    granted.grant(ctx, MYSQL, user, host, db, privileges)
    return True


@command(Role.SITE, "write")
def revoke_from_mysql_db(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], db: Annotated[str, Untyped]
) -> bool:
    """Take all privileges in a database away from a user."""
    granted.revoke(ctx, MYSQL, user, host, db)
    return True
