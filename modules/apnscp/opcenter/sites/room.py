"""The face that every room shows which keeps something of a site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import Connection

from apnscp.core.context import Context
from apnscp.opcenter.sites.records import Site

Counts: TypeAlias = Mapping[tuple[str, str], int]
"""The parameter that limits a kind of thing, ("users", "max"), and how many of them a site has."""


class Room:
    """A room as `lifecycle` knows it; by default a change does not concern it and it keeps nothing that is limited.

    What hangs on a site by a foreign key needs nothing here to be removed with it.

    follows: services whose values concern the room. It is asked when one of them differs, when a site is made or deleted,
        suspended or activated; without a list, at every change
    """

    follows: frozenset[str] | None = None

    def changed(self, ctx: Context, before: Site | None, after: Site | None) -> None:
        """Follow a change of a site.

        before: None for a site that was just made; after: None for one that is about to be deleted
        Raises Refused where the change must not be.
        """

    def counts(self, db: Connection, site: Site) -> Counts:
        """Return how much of what is limited a site has; asked only where a limit is checked."""
        return {}
