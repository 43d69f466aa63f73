"""What this room does when a site changes."""

from __future__ import annotations

from apnscp.opcenter.sites.room import Room


class Usage(Room):
    """Counters hang on their site and follow its limits when they are read, so a change needs nothing here."""

    follows = frozenset[str]()
