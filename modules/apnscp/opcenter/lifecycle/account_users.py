"""The life of the users of an account: add, change, rename, remove (docs/panel.md, section 21).

Each function works on the caller's account inside its unit of work and raises Refused where it must not go on; nothing is
kept then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import credentials
from apnscp.opcenter.lifecycle import rooms, user_options
from apnscp.opcenter.services import names, paths
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.usage import user_quotas
from apnscp.opcenter.users import details, passwords, people
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.tables import user_table

RESERVED = "test"
"""A name that the panel refuses but over SOAP, since the mailbox of an address often bears it."""


def add(ctx: Context, text: str, password: str, gecos: str, megabytes: float, options: Mapping[Any, Any]) -> User:
    """Make a user of the caller's account and return it.

    text: its name, in lower case; password: in clear, or a crypt(3) hash with the option ``password=crypted``
    gecos: full name; megabytes: storage, 0 for the account's own limit
    options: ftp, imap, smtp, cp, dav, ssh (on or off), shell, password
    Raises Refused for a name or password that cannot be, a name that is taken, and beyond users,max.
    """
    credentials.require_change(ctx, people.caller(ctx))
    site = records.load(ctx.db, ctx.caller.site_id, lock=True)
    name = _free_name(ctx, site, text)
    wanted = user_options.read(ctx, options)
    crypted = _crypted(ctx, name, password, wanted.crypted)
    _require_room(ctx, site)
    people.add(ctx.db, site.id, name, crypted, ctx.clock.unix())
    user = people.require(ctx.db, site.id, name)
    details.change(ctx.db, user.id, gecos=details.gecos(gecos) or None, shell=wanted.shell)
    user_quotas.set_limits(ctx, site, user, megabytes, 0)
    user_options.apply(ctx, site, user, wanted.services)
    rooms.user_added(ctx, site, user)
    return user


def remove(ctx: Context, name: str) -> None:
    """Remove a user of the caller's account with everything of the user's.

    Raises Refused for an unknown user, for the administrator, and while a domain lies in the user's home.
    """
    credentials.require_change(ctx, people.caller(ctx))
    site, user = _secondary(ctx, name, "cannot be removed; admin:delete-site removes the account")
    rooms.user_removed(ctx, site, user)
    ctx.db.execute(delete(user_table).where(user_table.c.id == user.id))


def rename(ctx: Context, name: str, text: str) -> None:
    """Give a user of the caller's account another name; keys, jobs and everything else of the user come along.

    Raises Refused for an unknown user, a name that is malformed or taken, and for the administrator.
    """
    credentials.require_change(ctx, people.caller(ctx))
    site, before = _secondary(ctx, name, "is renamed by auth:change-username")
    new = _free_name(ctx, site, text)
    people.rename(ctx.db, before.id, new)
    rooms.user_renamed(ctx, site, before, people.require(ctx.db, site.id, new))


def set_quota(ctx: Context, name: str, megabytes: float, files: int) -> None:
    """Limit the storage of a user; arguments are those of `user_quotas.set_limits`. Raises Refused."""
    site, user = _secondary(ctx, name, "has the quota of the account (diskquota,quota)")
    user_quotas.set_limits(ctx, site, user, megabytes, files)


def modify(ctx: Context, name: str, attributes: Mapping[Any, Any]) -> None:
    """Change what is known of a user.

    attributes: username, home, move_home (whether the files move along), shell, gecos; what is not named stays
    Raises Refused for an unknown user or attribute, and for a value that is not possible.
    """
    unknown = sorted(str(each) for each in attributes if each not in ("username", "move_home", *_CHANGES))
    if unknown:
        raise Refused("Unknown attribute `%s'; there are username, move_home, %s", unknown[0][:64], ", ".join(_CHANGES))
    user = people.require(ctx.db, ctx.caller.site_id, name)
    if str(attributes.get("username", user.name)).lower() != user.name:
        rename(ctx, user.name, str(attributes["username"]))
        user = people.require(ctx.db, ctx.caller.site_id, str(attributes["username"]))
    for attribute, change in _CHANGES.items():
        if attributes.get(attribute) is not None:
            change(ctx, user, str(attributes[attribute]), bool(attributes.get("move_home")))


def set_gecos(ctx: Context, user: User, text: str) -> None:
    """Set the full name of a user; raises Refused for more than one line, or a colon."""
    details.change(ctx.db, user.id, gecos=details.gecos(text) or None)


def _set_home(ctx: Context, user: User, text: str, moving: bool) -> None:
    """Set the home directory; raises Refused for a path that cannot be one, or is another user's."""
    try:
        path = paths.directory(text)
    except ValueError:
        raise Refused("`%s' cannot be a home directory; give %s", text[:64], paths.ROOT_WORDS) from None
    for name, entry in details.entries(ctx.db, user.site_id).items():
        if name != user.name and entry["home"] == path:
            raise Refused("`%s' is the home directory of `%s' already", path, name)
    before = details.home(ctx.db, user)
    details.change(ctx.db, user.id, home=None if path == f"/home/{user.name}" else path)
    if moving:
        rooms.home_moved(ctx, records.own(ctx), user, before)


_CHANGES: Mapping[str, Callable[[Context, User, str, bool], None]] = {
    "home": _set_home,
    "shell": lambda ctx, user, text, _: details.change(ctx.db, user.id, shell=details.shell(text)),
    "gecos": lambda ctx, user, text, _: set_gecos(ctx, user, text),
}


def _secondary(ctx: Context, name: str, why: str) -> tuple[Site, User]:
    """Return the caller's site and a user of it; raises Refused for the administrator, of whom `why` says more."""
    site, user = records.load(ctx.db, ctx.caller.site_id, lock=True), people.require(ctx.db, ctx.caller.site_id, name)
    if user.name == site.admin_user:
        raise Refused("`%s' administers the account and %s", user.name, why)
    return site, user


def _free_name(ctx: Context, site: Site, text: str) -> str:
    """Return the name of a new user in lower case; raises Refused for one that cannot be or is taken."""
    try:
        name = names.admin_user(text.strip())
    except ValueError:
        raise Refused("`%s' is not %s", text[:64], names.ADMIN_WORDS) from None
    if name == RESERVED and ctx.caller.gate != "SOAP":
        raise Refused("`%s' cannot be a user name here; choose another", name)
    if people.find(ctx.db, site.id, name) is not None:
        raise Refused("`%s' is a user of this account already; choose another name", name)
    if name != text:
        ctx.warn("The user name `%s' was changed to `%s'", text[:64], name)
    return name


def _crypted(ctx: Context, name: str, password: str, crypted: bool) -> str:
    if not crypted:
        passwords.require_strong(password, name, ctx.settings)
        return passwords.crypt(password)
    if not passwords.is_crypted(password):
        raise Refused("The password is not a crypt(3) hash of SHA-512 or SHA-256; auth:crypt makes one")
    return password


def _require_room(ctx: Context, site: Site) -> None:
    """Raise Refused for a user beyond users,max, which counts the administrator (docs/panel.md, section 6)."""
    most, held = site.metadata["users"]["max"], details.count(ctx.db, site.id)
    if isinstance(most, int) and held >= most:
        raise Refused(
            "The account has %d users, and users,max admits %d; the panel's administrator can raise it", held, most
        )
