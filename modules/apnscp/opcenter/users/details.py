"""What is known of a site's users beside name and password: their entries as getpwnam has them, their switches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from apnscp.core.errors import Refused
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table

SERVICES: Mapping[str, str | None] = {
    "ftp": "ftp", "imap": "mail", "smtp": "mail", "ssh": "ssh", "dav": "apache", "cp": None, "cron": "crontab",
    "crontab": "crontab", "vacation": "vacation",
}  # fmt: skip
"""Service that can be switched for a user, and the service of the account that must be on; None: no other."""


def entries(db: Connection, site_id: int) -> dict[str, dict[str, Any]]:
    """Return the users of a site by name, sorted: uid, gid, gecos, home, shell."""
    columns = user_table.c.id, user_table.c.name, user_table.c.properties
    rows = db.execute(select(*columns).where(people.of_site(site_id)))
    found = {row.name: _entry(row.id, site_id, row.name, row.properties) for row in rows}
    return dict(sorted(found.items()))


def count(db: Connection, site_id: int) -> int:
    """Return how many users a site has, its administrator included."""
    return int(db.execute(select(func.count()).select_from(user_table).where(people.of_site(site_id))).scalar_one())


def service_enabled(db: Connection, site: Site, name: str, service: str) -> bool:
    """Tell whether a user may use a service: it is on for the account and was not switched off for the user.

    Raises Refused for an unknown user or service.
    """
    row = people.require(db, site.id, name)
    if service not in SERVICES:
        raise Refused("Unknown service `%s'; users have %s", service[:64], ", ".join(SERVICES))
    needs = SERVICES[service]
    if needs is not None and not site.metadata.enabled(needs):
        return False
    if row.name == site.admin_user:
        return True
    properties = db.execute(select(user_table.c.properties).where(user_table.c.id == row.id)).scalar_one()
    return bool(properties.get("services", {}).get(service, True))


def _entry(uid: int, gid: int, name: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "uid": uid,
        "gid": gid,
        "gecos": properties.get("gecos", ""),
        "home": properties.get("home", f"/home/{name}"),
        "shell": properties.get("shell", "/bin/bash"),
    }
