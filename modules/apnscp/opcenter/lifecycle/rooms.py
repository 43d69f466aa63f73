"""The rooms that move together when a site, one of its domains or one of its users changes.

A new kind of state is one package under `opcenter` with a `Room` of its own, and one line here. A room that has to do with
domains or users inherits `DomainRoom` or `UserRoom` as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.opcenter.aliases.room import Aliases
from apnscp.opcenter.crontab.room import Crontab
from apnscp.opcenter.databases.room import Databases
from apnscp.opcenter.dns.room import Dns
from apnscp.opcenter.email.room import Email
from apnscp.opcenter.firewall.room import Firewall
from apnscp.opcenter.ftp.room import Ftp
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import DomainRoom, Room
from apnscp.opcenter.usage.room import Usage
from apnscp.opcenter.users import details, people
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.room import Users
from apnscp.opcenter.users.user_room import UserRoom
from apnscp.opcenter.web.room import Web

ROOMS: tuple[Room, ...] = (
    Users(),
    Aliases(),
    Web(),
    Email(),
    Dns(),
    Firewall(),
    Usage(),
    Crontab(),
    Ftp(),
    Databases(),
)

Face = TypeVar("Face")


def changed(ctx: Context, before: Site | None, after: Site | None) -> None:
    """Let every room that the change concerns follow it; arguments and errors are those of `Room.changed`.

    Those that follow domains and users hear of what the change did to them.
    """
    different = None if before is None or after is None else _different(before, after)
    for room in ROOMS:
        if different is None or room.follows is None or different & room.follows:
            room.changed(ctx, before, after)
    if after is not None:
        _domains_changed(ctx, before, after)
        _administrator_changed(ctx, before, after)


def _different(before: Site, after: Site) -> set[str] | None:
    """Return the services in which two states of a site differ; None where its suspension does, which concerns all."""
    if (before.suspended_at, before.reason) != (after.suspended_at, after.reason):
        return None
    old, new = before.metadata, after.metadata
    return {service for service in old.keys() | new.keys() if old.get(service) != new.get(service)}


def counts(db: Connection, site: Site) -> dict[tuple[str, str], int]:
    """Return how much of what is limited a site has, by the parameter that limits it."""
    return {limit: count for room in ROOMS for limit, count in room.counts(db, site).items()}


def user_added(ctx: Context, site: Site, user: User) -> None:
    """Tell of a user that was just made."""
    for room in _rooms(UserRoom):
        room.user_added(ctx, site, user)


def user_renamed(ctx: Context, site: Site, before: User, after: User) -> None:
    """Tell of a user that has another name, and a home of that name; raises Refused where that must not be."""
    for room in _rooms(UserRoom):
        room.user_renamed(ctx, site, before, after)
    known = details.properties(ctx.db, after.id)
    home_moved(ctx, site, after, details.home_of(known, before.name))


def home_moved(ctx: Context, site: Site, user: User, before: str) -> None:
    """Tell of the files of a user that moved to its present home directory from the one before."""
    after = details.home(ctx.db, user)
    for room in _rooms(UserRoom):
        if before != after:
            room.home_moved(ctx, site, user, before, after)


def user_removed(ctx: Context, site: Site, user: User) -> None:
    """Tell of a user that is about to be removed; raises Refused while something needs the user."""
    for room in _rooms(UserRoom):
        room.user_removed(ctx, site, user)


def _domains_changed(ctx: Context, before: Site | None, after: Site) -> None:
    """Tell first of the domains that went, so that what they held is free, then of those that came."""
    old = before.metadata.hosts if before else set()
    new = after.metadata.hosts
    for room in _rooms(DomainRoom):
        for domain in sorted(old - new):
            room.domain_removed(ctx, after, domain)
        for domain in sorted(new - old):
            room.domain_added(ctx, after, domain)


def _administrator_changed(ctx: Context, before: Site | None, after: Site) -> None:
    if before is not None and before.admin_user == after.admin_user:
        return
    administrator = people.require(ctx.db, after.id, after.admin_user)
    if before is None:
        user_added(ctx, after, administrator)
    else:
        user_renamed(ctx, after, replace(administrator, name=before.admin_user), administrator)


def _rooms(face: type[Face]) -> Iterator[Face]:
    return (room for room in ROOMS if isinstance(room, face))
