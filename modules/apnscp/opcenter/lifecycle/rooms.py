"""The rooms that move together when a site changes.

A new kind of state is one package under `opcenter` with a `Room` of its own, and one line here.
"""

from __future__ import annotations

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.opcenter.databases.room import Databases
from apnscp.opcenter.email.room import Email
from apnscp.opcenter.firewall.room import Firewall
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.room import Room
from apnscp.opcenter.usage.room import Usage
from apnscp.opcenter.users.room import Users

ROOMS: tuple[Room, ...] = (Users(), Firewall(), Usage(), Databases(), Email())


def changed(ctx: Context, before: Site | None, after: Site | None) -> None:
    """Let every room follow a change of a site; arguments and errors are those of `Room.changed`."""
    for room in ROOMS:
        room.changed(ctx, before, after)


def counts(db: Connection, site: Site) -> dict[tuple[str, str], int]:
    """Return how much of what is limited a site has, by the parameter that limits it."""
    return {limit: count for room in ROOMS for limit, count in room.counts(db, site).items()}
