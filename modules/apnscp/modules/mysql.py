"""Module mysql: databases and users of the account on the MySQL server (docs/panel.md, section 25)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers_databases import MysqlUser
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Secret, Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.databases import account, catalogue, collations, listing, users
from apnscp.opcenter.databases import privileges as granted
from apnscp.opcenter.databases.kinds import MYSQL
from apnscp.opcenter.settings.versions import VERSIONS


@command(Role.SITE | Role.USER)
def enabled(ctx: Context) -> bool:
    """Tell whether the account has MySQL."""
    return account.own(ctx, MYSQL).enabled


@command(Role.ALL)
def version(ctx: Context, pretty: Annotated[bool, Untyped] = False) -> int | str:
    """Return the version of the server as major * 10000 + minor * 100 + patch.

    pretty: as text with dots
    """
    return str(VERSIONS["mysql"]) if pretty else VERSIONS["mysql"].packed


@command(Role.SITE | Role.USER)
def get_prefix(ctx: Context) -> str | None:
    """Return what names of databases and users begin with; null where the account has none."""
    return account.own(ctx, MYSQL).prefix


@command(Role.SITE, "write")
def change_prefix(ctx: Context, prefix: Annotated[str, Untyped]) -> bool:
    """Refuse: sql:change-prefix changes the prefix of both servers."""
    raise Refused("The prefix is one for MySQL and PostgreSQL; sql:change-prefix changes it")


@command(Role.SITE)
def list_databases(ctx: Context) -> list[str]:
    """Return the names of the account's databases, sorted."""
    return catalogue.of_account(ctx.db, account.own(ctx, MYSQL))


@command(Role.ADMIN | Role.SITE)
def database_exists(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Tell whether a database exists: in the account, or anywhere on the server for the administrator.

    db: its name; of the account's with or without the prefix
    """
    return catalogue.exists(ctx, MYSQL, db)


@command(Role.SITE, "write")
def create_database(
    ctx: Context,
    db: Annotated[str, Untyped],
    charset: Annotated[str, Untyped] = "latin1",
    collation: Annotated[str, Untyped] = "latin1_swedish_ci",
) -> bool:
    """Make a database.

    db: letters, digits, `_` and `-`, 64 with the prefix at the most; the prefix is added where it is missing
    charset, collation: names of mysql:get-supported-charsets and mysql:get-supported-collations that belong together
    """
    catalogue.create(ctx, MYSQL, db, charset, collation)
    return True


@command(Role.SITE, "write")
def clone(ctx: Context, from_: Annotated[str, Untyped], to: Annotated[str, Untyped]) -> bool:
    """Copy a database to another, which is made where it does not exist.

    from_, to: names, with or without the prefix
    """
    catalogue.clone(ctx, MYSQL, from_, to)
    return True


@command(Role.SITE, "write")
def delete_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Delete a database and what is granted in it."""
    catalogue.remove(ctx, MYSQL, db)
    return True


@command(Role.SITE, "write")
def empty_database(ctx: Context, db: Annotated[str, Untyped]) -> bool:
    """Remove all tables of a database; none of them ever has any here."""
    catalogue.require(ctx, MYSQL, db)
    return True


@command(Role.ADMIN | Role.SITE)
def get_database_size(ctx: Context, db: Annotated[str, Untyped]) -> int:
    """Return the size of a database in bytes: 0, since it is empty."""
    return catalogue.size(ctx, MYSQL, db)


@command(Role.SITE)
def list_users(ctx: Context) -> dict[str, dict[str, MysqlUser]]:
    """Return the account's users: name to host to settings, the main user among them."""
    return listing.mysql_users(ctx)


@command(Role.SITE)
def user_exists(ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped] = "localhost") -> bool:
    """Tell whether the account has a user at a host.

    user: with or without the prefix
    """
    return users.find(ctx, account.own(ctx, MYSQL), user, host) is not None


@command(Role.SITE, "write")
def add_user(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], password: Annotated[str, Untyped, Secret],
    maxconn: Annotated[int | None, Untyped] = None, maxupdates: Annotated[int, Untyped] = 0,
    maxquery: Annotated[int, Untyped] = 0, ssl: Annotated[str, Untyped] = "", cipher: Annotated[str, Untyped] = "",
    issuer: Annotated[str, Untyped] = "", subject: Annotated[str, Untyped] = "",
) -> bool:  # fmt: skip
    """Add a user.

    user: 16 characters with the prefix at the most; the prefix is added where it is missing
    host: localhost, an address, or an address with the wildcards `%` and `_`
    password: three characters at least
    maxconn: connections at once, [mysql] concurrency_limit at the most and when left out
    maxupdates, maxquery: per hour, 0 for any number
    ssl: empty, ANY, X509 or SPECIFIED; cipher, issuer, subject: what SPECIFIED asks for
    """
    tls = {"ssl": ssl, "cipher": cipher, "issuer": issuer, "subject": subject}
    users.add(ctx, MYSQL, user, password, maxconn, host, maxupdates=maxupdates, maxquery=maxquery, **tls)
    return True


@command(Role.SITE, "write")
def edit_user(ctx: Context, user: str, host: str, opts: dict[str, Any]) -> bool:
    """Change a user; what is left out stays.

    opts: host, password, and the columns of mysql:list-users or the parameters of mysql:add-user
    """
    users.edit(ctx, MYSQL, user, host, opts)
    return True


@command(Role.SITE, "write")
def delete_user(ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped]) -> bool:
    """Delete a user and what is granted to it; the account's main user cannot be deleted."""
    users.remove(ctx, MYSQL, user, host)
    return True


@command(Role.SITE)
def get_privileges(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], db: Annotated[str, Untyped]
) -> dict[str, bool]:
    """Return every privilege and whether a user has it in a database; the main user has all."""
    return granted.of_user(ctx, MYSQL, user, host, db)


@command(Role.SITE, "write")
def set_privileges(ctx: Context, user: str, host: str, db: str, privileges: dict[str, Any]) -> bool:
    """Give a user privileges in a database, in place of those that it has.

    privileges: name to true or false; `read` is select, show_view and lock_tables, `write` all others but grant
    """
    granted.grant(ctx, MYSQL, user, host, db, privileges)
    return True


@command(Role.SITE, "write")
def revoke_privileges(
    ctx: Context, user: Annotated[str, Untyped], host: Annotated[str, Untyped], db: Annotated[str, Untyped]
) -> bool:
    """Take all privileges in a database away from a user."""
    granted.revoke(ctx, MYSQL, user, host, db)
    return True


@command(Role.SITE)
def charset_valid(ctx: Context, charset: Annotated[str, Untyped]) -> bool:
    """Tell whether the server knows a character set."""
    return charset in collations.CHARSETS


@command(Role.SITE)
def collation_valid(ctx: Context, collation: Annotated[str, Untyped]) -> bool:
    """Tell whether the server knows a collation."""
    return collation in collations.COLLATIONS


@command(Role.SITE)
def get_supported_charsets(ctx: Context) -> dict[str, str]:
    """Return the character sets of the server with their descriptions."""
    return dict(collations.CHARSETS)


@command(Role.SITE)
def get_supported_collations(ctx: Context) -> dict[str, str]:
    """Return the collations of the server, each with its character set."""
    return dict(collations.COLLATIONS)
