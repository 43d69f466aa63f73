"""Preferences of each user, overlaid by those that an account sets for all of them (docs/panel.md, section 14)."""

from __future__ import annotations

import json
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, delete, select

from apnscp.core.errors import Refused
from apnscp.opcenter.sites import site_data
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.users.tables import preference_table

Preferences: TypeAlias = dict[str, Any]
_KIND = "preferences"


def load(db: Connection, site_id: int, user: str) -> Any:
    """Return what holds for a user: the user's own preferences, overlaid by the account's.

    site_id: 0 for the administrator, who has no others above
    """
    stored, above = own(db, site_id, user), of_site(db, site_id)
    if not above:
        return stored
    return _as_map(stored) | above


def own(db: Connection, site_id: int, user: str) -> Any:
    """Return what a user stored, an empty map when nothing."""
    found = db.execute(select(preference_table.c.value).where(_of(site_id, user))).scalar()
    return json.loads(found) if found else {}


def save(db: Connection, site_id: int, user: str, prefs: Any) -> None:
    """Replace a user's own preferences; empty ones are forgotten."""
    if prefs:
        upsert(db, preference_table, {"site_id": site_id, "user": user, "value": json.dumps(prefs)})
    else:
        db.execute(delete(preference_table).where(_of(site_id, user)))


def set_one(db: Connection, site_id: int, user: str, name: str, value: Any) -> None:
    """Set one of a user's own preferences and leave the others."""
    save(db, site_id, user, _as_map(own(db, site_id, user)) | {name: value})


def of_site(db: Connection, site_id: int) -> Preferences:
    """Return the preferences that an account sets for all of its users."""
    found: Preferences = site_data.get(db, site_id, _KIND, "global", {})
    return found


def set_of_site(db: Connection, site_id: int, prefs: Any) -> None:
    """Set preferences for all users of an account; null takes one back. Raises Refused for a locked one."""
    locked = site_data.get(db, site_id, _KIND, "locked", [])
    for name in _as_map(prefs):
        if name in locked:
            raise Refused("Preference `%s' is locked; common:unlock-global-preferences unlocks it", name)
    merged = of_site(db, site_id) | _as_map(prefs)
    site_data.put(db, site_id, _KIND, "global", {name: value for name, value in merged.items() if value is not None})


def lock(db: Connection, site_id: int, name: str) -> None:
    """Keep a preference of the account from being changed; raises Refused for one that is not set."""
    if name not in of_site(db, site_id):
        raise Refused("No global preference `%s'; common:get-global-preferences lists them", name)
    locked = site_data.get(db, site_id, _KIND, "locked", [])
    site_data.put(db, site_id, _KIND, "locked", sorted({*locked, name}))


def unlock(db: Connection, site_id: int, name: str) -> None:
    """Let a preference of the account be changed again."""
    locked = site_data.get(db, site_id, _KIND, "locked", [])
    site_data.put(db, site_id, _KIND, "locked", [other for other in locked if other != name] or None)


def _of(site_id: int, user: str) -> ColumnElement[bool]:
    return (preference_table.c.site_id == site_id) & (preference_table.c.user == user)


def _as_map(prefs: Any) -> Preferences:
    """Return preferences with text as keys, as JSON holds them; a list's are its positions."""
    return {str(key): value for key, value in (enumerate(prefs) if isinstance(prefs, list) else prefs.items())}
