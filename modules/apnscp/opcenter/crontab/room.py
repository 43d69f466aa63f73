"""What this room does when a site changes."""

from __future__ import annotations

from apnscp.opcenter.sites.room import Room


class Crontab(Room):
    """Jobs hang on their user, and whether they run is read from the site, so that a change needs nothing here."""
