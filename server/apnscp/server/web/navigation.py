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


_INNER = Role.SITE | Role.USER
ENTRIES = [
    Entry("Dashboard", "/apps/dashboard", Role.ALL),
    Entry("Sites", "/sites", Role.ADMIN),
    Entry("Journal", "/journal", Role.ADMIN),
    Entry("Plans", "/plans", Role.ADMIN),
    Entry("Settings", "/settings", Role.ADMIN),
    Entry("Scopes", "/scopes", Role.ADMIN),
    Entry("Bans", "/bans", Role.ADMIN),
    Entry("Outbox", "/outbox", Role.ADMIN),
    Entry("Users", "/apps/usermanage", _INNER),
    Entry("Mailboxes", "/apps/mailboxroutes", Role.SITE),
    Entry("Vacation", "/apps/vacation", _INNER),
    Entry("Domains", "/apps/domainmanager", Role.SITE),
    Entry("Subdomains", "/apps/subdomains", Role.SITE),
    Entry("Databases", "/apps/changemysql", Role.SITE),
    Entry("Jobs", "/apps/crontab", _INNER),
    Entry("Transfer", "/apps/bandwidthbd", Role.SITE),
    Entry("Whitelist", "/apps/whitelist", Role.SITE),
    Entry("API keys", "/keys", Role.ADMIN | Role.SITE),
    Entry("Modules", "/modules", Role.ALL),
]
"""In the order in which they are shown."""


def entries(visitor: Visitor) -> list[Entry]:
    """Return the pages that are open to a user."""
    return [entry for entry in ENTRIES if entry.roles & visitor.caller.role]
