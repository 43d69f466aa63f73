"""The rooms that move together when a site changes.

A new kind of state is one package under `opcenter` with a `Room` of its own, and one line here.
"""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.opcenter.firewall.room import Firewall
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Room
from apnscp.opcenter.usage.room import Usage
from apnscp.opcenter.users.room import Users

ROOMS: tuple[Room, ...] = (Users(), Firewall(), Usage())


def changed(ctx: Context, before: Site | None, after: Site | None) -> None:
    """Let every room that the change concerns follow it; arguments and errors are those of `Room.changed`."""
    different = None if before is None or after is None else _different(before, after)
    for room in ROOMS:
        if different is None or room.follows is None or different & room.follows:
            room.changed(ctx, before, after)


def _different(before: Site, after: Site) -> set[str] | None:
    """Return the services in which two states of a site differ; None where its suspension does, which concerns all."""
    if (before.suspended_at, before.reason) != (after.suspended_at, after.reason):
        return None
    old, new = before.metadata, after.metadata
    return {service for service in old.keys() | new.keys() if old.get(service) != new.get(service)}


def counts(db: Connection, site: Site) -> dict[tuple[str, str], int]:
    """Return how much of what is limited a site has, by the parameter that limits it."""
    return {limit: count for room in ROOMS for limit, count in room.counts(db, site).items()}
