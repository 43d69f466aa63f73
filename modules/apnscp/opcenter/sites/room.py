"""The faces that rooms show which keep something of a site, or of one of its domains."""

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


class DomainRoom:
    """A room that follows the domains of a site: its primary domain and its aliases.

    A domain is there once the site holds it, however it came: by a new site, by an edit of aliases,aliases, by
    aliases:synchronize-changes, or by another primary domain. The deletion of a site removes no single domain: rows hang on
    the site by a foreign key, and `Room.changed` tells of its end.
    """

    def domain_added(self, ctx: Context, site: Site, domain: str) -> None:
        """Follow a domain that a site holds from now on.

        site: as it is after the change; domain: in lower case, as metadata holds it
        Raises Refused where it must not be.
        """

    def domain_removed(self, ctx: Context, site: Site, domain: str) -> None:
        """Follow a domain that a site no longer holds; `site` is as it is after the change.

        Raises Refused where it must not go.
        """
