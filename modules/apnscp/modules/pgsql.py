"""Module pgsql: databases and users of the account on the PostgreSQL server (docs/panel.md, section 25)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers_databases import PgsqlUser
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Secret, Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.databases import account, catalogue, listing, privileges, users
from apnscp.opcenter.databases.kinds import PGSQL
from apnscp.opcenter.settings.versions import VERSIONS


@command(Role.SITE | Role.USER)
def enabled(ctx: Context) -> bool:
    """Tell whether the account has PostgreSQL."""
    return account.own(ctx, PGSQL).enabled


@command(Role.ALL)
def version(ctx: Context, pretty: Annotated[bool, Untyped] = False) -> int | str:
    """Return the version of the server as major * 10000 + minor * 100 + patch.

    pretty: as text with dots
    """
    return str(VERSIONS["pgsql"]) if pretty else VERSIONS["pgsql"].packed


@command(Role.SITE | Role.USER)
def get_prefix(ctx: Context) -> str | None:
    """Return what names of databases and users begin with; null where the account has none."""
    return account.own(ctx, PGSQL).prefix


@command(Role.SITE, "write")
def change_prefix(ctx: Context, prefix: Annotated[str, Untyped]) -> bool:
    """Refuse: sql:change-prefix changes the prefix of both servers."""
    raise Refused("The prefix is one for MySQL and PostgreSQL; sql:change-prefix changes it")


@command(Role.SITE)
def list_databases(ctx: Context) -> list[str]:
    """Return the names of the account's databases, sorted."""
    return catalogue.of_account(ctx.db, account.own(ctx, PGSQL))


@command(Role.ADMIN | Role.SITE)
def database_exists(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Tell whether a database exists: in the account, or anywhere on the server for the administrator.

    db: its name; of the account's with or without the prefix
    """
    return catalogue.exists(ctx, PGSQL, db)


@command(Role.SITE, "write")
def create_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Make a database.

    db: letters, digits, `_` and `-`, 63 with the prefix at the most; the prefix is added where it is missing
    """
    catalogue.create(ctx, PGSQL, db)
    return True


@command(Role.SITE, "write")
def clone(ctx: Context, from_: Annotated[str, Untyped], to: Annotated[str, Untyped]) -> bool:
    """Copy a database to another, which is made where it does not exist.

    from_, to: names, with or without the prefix
    """
    catalogue.clone(ctx, PGSQL, from_, to)
    return True


@command(Role.SITE, "write")
def delete_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Delete a database and what is granted in it."""
    catalogue.remove(ctx, PGSQL, db)
    return True


@command(Role.SITE, "write")
def empty_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Remove all tables of a database; none of them ever has any here."""
    catalogue.require(ctx, PGSQL, db)
    return True


@command(Role.ADMIN | Role.SITE)
def get_database_size(ctx: Context, db: Annotated[str, Untyped]) -> int:
    """Return the size of a database in bytes: 0, since it is empty."""
    return catalogue.size(ctx, PGSQL, db)


@command(Role.SITE)
def list_users(ctx: Context) -> dict[str, PgsqlUser]:
    """Return the account's users with their settings, the main user among them."""
    return listing.pgsql_users(ctx)


@command(Role.SITE)
def user_exists(ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped] = "localhost") -> bool:
    """Tell whether the account has a user.

    user: with or without the prefix; host: not used, users of PostgreSQL have none
    """
    return users.find(ctx, account.own(ctx, PGSQL), user) is not None


@command(Role.SITE, "write")
def add_user(
    ctx: Context, user: Annotated[str, Untyped], password: Annotated[str, Untyped, Secret],
    maxconn: Annotated[int | None, Untyped] = None,
) -> bool:  # fmt: skip
    """Add a user.

    user: 63 characters with the prefix at the most; the prefix is added where it is missing
    password: three characters at least
    maxconn: connections at once, [pgsql] database_concurrency_limit at the most and when left out
    """
    users.add(ctx, PGSQL, user, password, maxconn)
    return True


@command(Role.SITE, "write")
def edit_user(
    ctx: Context, user: Annotated[str, Untyped], password: Annotated[str | None, Untyped, Secret],
    maxconn: Annotated[int | None, Untyped] = None,
) -> bool:  # fmt: skip
    """Change a user.

    password: null or empty to keep it; maxconn: connections at once, null to keep the number
    """
    users.edit(ctx, PGSQL, user, users.LOCAL, users.given(password, maxconn))
    return True


@command(Role.SITE, "write")
def delete_user(ctx: Context, user: Annotated[str, Untyped], cascade: Annotated[bool, Untyped] = False) -> bool:
    """Delete a user; the account's main user cannot be deleted.

    cascade: take its privileges away; without, a user that has any is not deleted
    """
    users.remove(ctx, PGSQL, user, cascade=cascade)
    return True


@command(Role.SITE, "write")
def add_user_permissions(
    ctx: Context, user: Annotated[str, Untyped], db: Annotated[str, Untyped], opts: dict[str, Any]
) -> bool:
    """Give a user privileges in a database beside those that it has.

    opts: name to true or false; `read` is select, connect and usage, `write` all others
    """
    privileges.grant(ctx, PGSQL, user, users.LOCAL, db, opts, keep=True)
    return True


@command(Role.SITE, "write")
def delete_user_permissions(ctx: Context, user: Annotated[str, Untyped], db: Annotated[str, Untyped]) -> bool:
    """Take all privileges in a database away from a user."""
    privileges.revoke(ctx, PGSQL, user, users.LOCAL, db)
    return True
