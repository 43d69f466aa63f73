"""Preferences of each user, overlaid by those that an account sets for all of them (docs/panel.md, section 14)."""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import Connection, delete, select

from apnscp.core.errors import Refused
from apnscp.opcenter.sites import site_data
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.users.tables import preference_table

Preferences: TypeAlias = dict[str, Any]
_KIND = "preferences"


def load(db: Connection, site_id: int, user_id: int) -> Any:
    """Return what holds for a user: the user's own preferences, overlaid by the account's.

    site_id: the user's; 0 for one of the panel, above whom there are no others
    """
    stored, above = own(db, user_id), of_site(db, site_id)
    if not above:
        return stored
    return _as_map(stored) | above


def own(db: Connection, user_id: int) -> Any:
    """Return what a user stored, an empty map when nothing."""
    found = db.execute(select(preference_table.c.value).where(preference_table.c.user_id == user_id)).first()
    return {} if found is None else found[0]


def save(db: Connection, user_id: int, prefs: Any) -> None:
    """Replace a user's own preferences; empty ones are deleted."""
    if prefs:
        upsert(db, preference_table, {"user_id": user_id, "value": prefs})
    else:
        db.execute(delete(preference_table).where(preference_table.c.user_id == user_id))


def set_one(db: Connection, user_id: int, name: str, value: Any) -> None:
    """Set one of a user's own preferences and leave the others."""
    save(db, user_id, _as_map(own(db, user_id)) | {name: value})


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


def _as_map(prefs: Any) -> Preferences:
    """Return preferences with text as keys, as JSON holds them; a list's are its positions."""
    return {str(key): value for key, value in (enumerate(prefs) if isinstance(prefs, list) else prefs.items())}
