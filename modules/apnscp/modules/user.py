"""Module user: the users of an account (docs/panel.md, section 21)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import StorageRow, UserCount, UserEntry
from apnscp.core.context import Context
from apnscp.core.php_types import Secret, Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.lifecycle import account_users
from apnscp.opcenter.sites import records
from apnscp.opcenter.usage import user_quotas
from apnscp.opcenter.users import details, people

_INNER = Role.SITE | Role.USER
Name = Annotated[str, Untyped]
Hidden = Annotated[str, Secret, Untyped]
Text = Annotated[str, Untyped]
ROOT_HOME = "/root"
"""Home of the panel's own administrators, as whom the panel runs."""


@command(Role.SITE, "write")
def add(
    ctx: Context,
    user: Name,
    password: Hidden,
    gecos: Text = "",
    quota: Annotated[float, Untyped] = 0,
    options: dict[Any, Any] = {},
) -> Annotated[bool, Untyped]:
    """Make a user of the account; warnings say what the user cannot use.

    user: a letter, then letters, digits, `_', `.' or `-'; at most 32
    password: in clear, or a crypt(3) hash with the option password=crypted
    gecos: full name; quota: storage in MB, 0 for the account's own limit
    options: ftp, imap, smtp, cp, dav, ssh: 1 is on, and what is left out is off; shell: one of user:get-shells
    """
    account_users.add(ctx, user, password, gecos, quota, options)
    return True


@command(Role.SITE, "write", deprecated=True)
def add_user(
    ctx: Context,
    user: Name,
    password: Hidden,
    gecos: Text = "",
    quota: Annotated[float, Untyped] = 0,
    options: dict[Any, Any] = {},
) -> Annotated[bool, Untyped]:
    """Make a user of the account; user:add is its name today."""
    account_users.add(ctx, user, password, gecos, quota, options)
    return True


@command(Role.SITE, "write")
def delete(ctx: Context, user: Name) -> Annotated[bool, Untyped]:
    """Remove a user and everything of the user's: keys, sessions, jobs.

    The account's administrator stays, and so does a user in whose home a domain lies.
    """
    account_users.remove(ctx, user)
    return True


@command(Role.SITE, "write", deprecated=True)
def delete_user(ctx: Context, user: Name) -> Annotated[bool, Untyped]:
    """Remove a user; user:delete is its name today."""
    account_users.remove(ctx, user)
    return True


@command(Role.SITE, "write")
def rename_user(ctx: Context, user: Name, newuser: Name) -> Annotated[bool, Untyped]:
    """Give a user another name; the home directory, keys and jobs come along.

    The account's administrator is renamed by auth:change-username.
    """
    account_users.rename(ctx, user, newuser)
    return True


@command(Role.SITE, "write")
def change_quota(
    ctx: Context, user: Name, diskquota: Annotated[float, Untyped], filequota: Annotated[int, Untyped] = 0
) -> Annotated[bool, Untyped]:
    """Limit the storage of a user.

    diskquota: MB; filequota: number of files; 0 is the account's own limit, and more than that is lowered to it
    """
    account_users.set_quota(ctx, user, diskquota, filequota)
    return True


@command(_INNER, "write")
def change_gecos(ctx: Context, user: Name, gecos: Annotated[str | None, Untyped] = None) -> Annotated[bool, Untyped]:
    """Set the full name of a user.

    user: its name, which a secondary user may leave out; gecos: the full name; left out, it is the first argument
        and the user is the caller
    """
    target = people.target(ctx, None if gecos is None else user)
    account_users.set_gecos(ctx, target, user if gecos is None else gecos)
    return True


@command(Role.SITE, "write")
def usermod_driver(
    ctx: Context, user: Name, attributes: Annotated[dict[Any, Any], Untyped]
) -> Annotated[bool, Untyped]:
    """Change what is known of a user.

    attributes: username, home, move_home (1 moves the files along), shell, gecos; what is not named stays
    """
    account_users.modify(ctx, user, attributes)
    return True


@command(_INNER)
def get_users(ctx: Context) -> Annotated[dict[str, Any], dict[str, UserEntry]]:
    """Return the users of the account by name, sorted: uid, gid, gecos, home, shell."""
    return dict(details.entries(ctx.db, ctx.caller.site_id))


@command(_INNER)
def getpwnam(ctx: Context, user: Annotated[str | None, Untyped] = None) -> Annotated[dict[str, Any], UserEntry]:
    """Return uid, gid, gecos, home and shell of a user; empty for an unknown one.

    user: the caller when left out
    """
    name = (user or ctx.caller.user).lower()
    return details.entries(ctx.db, ctx.caller.site_id).get(name, {})


@command(Role.ALL)
def get_home(ctx: Context, user: Annotated[str | None, Untyped] = None) -> Annotated[str | bool, Untyped]:
    """Return the home directory of a user, false for an unknown one; that of the panel's administrators is /root.

    user: the caller when left out
    """
    found = people.find(ctx.db, ctx.caller.site_id, user or ctx.caller.user)
    if found is None:
        return False
    return ROOT_HOME if found.site_id == people.PANEL else details.home(ctx.db, found)


@command(Role.ALL, deprecated=True)
def get_user_home(ctx: Context, user: Annotated[str | None, Untyped] = None) -> Annotated[str | bool, Untyped]:
    """Return the home directory of a user; user:get-home is its name today."""
    return get_home(ctx, user)


@command(_INNER)
def exists(ctx: Context, user: Name) -> Annotated[bool, Untyped]:
    """Tell whether the account has a user."""
    return people.find(ctx.db, ctx.caller.site_id, user) is not None


@command(_INNER)
def get_uid_from_username(ctx: Context, username: Name) -> Annotated[int | bool, Untyped]:
    """Return the number of a user of the account, false for an unknown one."""
    found = people.find(ctx.db, ctx.caller.site_id, username)
    return False if found is None else found.id


@command(Role.ALL)
def get_username_from_uid(ctx: Context, uid: Annotated[int, Untyped]) -> Annotated[str | bool, Untyped]:
    """Return the name of the user with a number, false when the account, or the panel, has none."""
    found = people.by_id(ctx.db, uid)
    return found.name if found is not None and found.site_id == ctx.caller.site_id else False


@command(_INNER)
def get_quota(
    ctx: Context, users: Annotated[str | list[Any] | dict[Any, Any] | None, Untyped] = None
) -> Annotated[dict[str, Any], StorageRow | dict[str, StorageRow]]:
    """Return what users use and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

    users: a name gives its row, a list of names a row for each by name; the caller when left out. An unknown user brings
        a warning. A secondary user may only name itself.
    """
    if isinstance(users, list | dict):
        named = list(users.values()) if isinstance(users, dict) else users
        return dict(_quotas(ctx, [str(each) for each in named]))
    name = str(users) if users else ctx.caller.user
    return _quotas(ctx, [name]).get(name, {})


@command(Role.SITE)
def get_shells(ctx: Context) -> list[str]:
    """Return the shells that a user may have."""
    return list(details.SHELLS)


@command(Role.SITE)
def get_user_count(ctx: Context) -> UserCount:
    """Return how many users the account has, its administrator included, and may have: users, max (null: no limit)."""
    return {"users": details.count(ctx.db, ctx.caller.site_id), "max": records.own(ctx).metadata["users"]["max"]}


def _quotas(ctx: Context, named: list[str]) -> dict[str, dict[str, int]]:
    """Return the rows of users by the names that were given; an unknown one brings a warning."""
    rows = user_quotas.rows(ctx, records.own(ctx))
    if ctx.role & Role.USER:
        named = [people.target(ctx, name).name for name in named]
    for name in named:
        if name.lower() not in rows:
            ctx.warn("Unknown user `%s'", name[:64])
    return {name: rows[name.lower()] for name in named if name.lower() in rows}
