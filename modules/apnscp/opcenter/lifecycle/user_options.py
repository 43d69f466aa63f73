"""The options with which a user is made: which services it may use, its shell, the form of its password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import restrictions
from apnscp.opcenter.services.rules import check
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import details, switches
from apnscp.opcenter.users.people import User

SWITCHES = ("ftp", "imap", "smtp", "cp", "dav", "ssh")
"""Services that an option of the same name switches on; without it they are off."""
_FOLLOWING = {"crontab": "ssh"}
"""Services without an option, and the one that each follows (docs/fidelity.md, "Users of accounts")."""
_OTHERS = ("shell", "password")


class UserOptions(NamedTuple):
    """What the options of a new user come to.

    services: those that are on; shell: None for the usual one; crypted: whether the password is a hash
    """

    services: frozenset[str]
    shell: str | None
    crypted: bool


def read(ctx: Context, options: Mapping[Any, Any]) -> UserOptions:
    """Read the options of user:add; one that is not known is left out with a warning.

    Raises Refused for a switch that is neither on nor off, a shell that is not listed, and a form of passwords other than
    ``crypted``.
    """
    for name in options:
        if name not in SWITCHES + _OTHERS:
            ctx.warn("Unknown option `%s' was left out; there are %s", str(name)[:64], ", ".join(SWITCHES + _OTHERS))
    form = options.get("password")
    if form not in (None, "", "crypted"):
        raise Refused("The option password is `crypted' where the password is a hash, else it is left out")
    shell = options.get("shell")
    on = frozenset(name for name in SWITCHES if _is_on(name, options.get(name)))
    return UserOptions(on, details.shell(str(shell)) if shell else None, form == "crypted")


def apply(ctx: Context, site: Site, user: User, on: frozenset[str]) -> None:
    """Switch the services of a new user on and off; what the account itself lacks stays off with a warning."""
    lacking = sorted(name for name in on if not _offered(site, name))
    for name in lacking:
        ctx.warn("%s is off for this account, so `%s' does not have it", name, user.name)
    permitted = on.difference(lacking)
    for name in SWITCHES:
        _set(ctx, user, name, name in permitted)
    for name, leader in _FOLLOWING.items():
        _set(ctx, user, name, leader in permitted)
    if "ftp" not in on:
        ctx.warn("`%s' cannot use FTP; ftp:permit-user lets it", user.name)
    if not on & {"imap", "smtp"}:
        ctx.warn("`%s' cannot use mail; email:permit-user lets it", user.name)


def _offered(site: Site, service: str) -> bool:
    needs = switches.needed(service)
    return needs is None or site.metadata.enabled(needs)


def _set(ctx: Context, user: User, service: str, on: bool) -> None:
    if service not in restrictions.SERVICES:
        switches.set_denied(ctx.db, user.id, service, denied=not on)
    elif not on:
        restrictions.deny(ctx, user.id, service)


def _is_on(name: str, value: Any) -> bool:
    if value is None:
        return False
    try:
        return bool(check("switch", value))
    except ValueError:
        raise Refused("Option `%s': `%s' is neither 0 nor 1", name, str(value)[:64]) from None
