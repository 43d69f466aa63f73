"""Where one can go from every page, by role."""

from __future__ import annotations

from typing import NamedTuple

from apnscp.core.roles import Role
from apnscp.server.web.visitors import Visitor


class Entry(NamedTuple):
    """A page in the navigation."""

    label: str
    path: str
    roles: Role


ENTRIES = [
    Entry("Dashboard", "/apps/dashboard", Role.ALL),
    Entry("Journal", "/journal", Role.ADMIN),
]
"""In the order in which they are shown."""


def entries(visitor: Visitor) -> list[Entry]:
    """Return the pages that are open to a user."""
    return [entry for entry in ENTRIES if entry.roles & visitor.caller.role]
