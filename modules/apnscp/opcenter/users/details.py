"""What is known of a user beside name and password: the entry as getpwnam has it (docs/panel.md, section 21)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select, update

from apnscp.core.errors import Refused
from apnscp.opcenter.users import people
from apnscp.opcenter.users.tables import user_table

SHELLS = ("/bin/bash", "/bin/sh", "/usr/bin/bash", "/usr/bin/sh", "/sbin/nologin", "/usr/sbin/nologin")
"""Shells that a user may have (docs/fidelity.md, "Users of accounts")."""
LONGEST_GECOS = 255


def entries(db: Connection, site_id: int) -> dict[str, dict[str, Any]]:
    """Return the users of a site by name, sorted: uid, gid, gecos, home, shell."""
    columns = user_table.c.id, user_table.c.name, user_table.c.properties
    rows = db.execute(select(*columns).where(people.of_site(site_id)))
    found = {row.name: _entry(row.id, site_id, row.name, row.properties) for row in rows}
    return dict(sorted(found.items()))


def count(db: Connection, site_id: int) -> int:
    """Return how many users a site has, its administrator included."""
    return int(db.execute(select(func.count()).select_from(user_table).where(people.of_site(site_id))).scalar_one())


def home(db: Connection, user: people.User) -> str:
    """Return the home directory of a user."""
    return home_of(properties(db, user.id), user.name)


def home_of(known: Mapping[str, Any], name: str) -> str:
    """Return the home directory of a user: the one that was set, else the usual one of the name."""
    return str(known.get("home", f"/home/{name}"))


def properties(db: Connection, user_id: int) -> dict[str, Any]:
    """Return what was set of a user: gecos, home, shell."""
    found: dict[str, Any] | None = db.execute(
        select(user_table.c.properties).where(user_table.c.id == user_id)
    ).scalar_one()
    return dict(found or {})


def change(db: Connection, user_id: int, **values: str | None) -> None:
    """Set gecos, home or shell of a user; None goes back to the usual value."""
    known = properties(db, user_id) | values
    kept = {name: value for name, value in known.items() if value is not None}
    db.execute(update(user_table).where(user_table.c.id == user_id).values(properties=kept))


def gecos(text: str) -> str:
    """Return a user's full name as an entry can hold it; raises Refused for more than one line, or a colon."""
    if ":" in text or not text.isprintable() or len(text) > LONGEST_GECOS:
        raise Refused(
            "`%s' is not a full name: one line of at most %d characters without `:'", text[:64], LONGEST_GECOS
        )
    return text


def shell(text: str) -> str:
    """Return a shell that a user may have; raises Refused for any other."""
    if text not in SHELLS:
        raise Refused("Unknown shell `%s'; user:get-shells lists them", text[:64])
    return text


def _entry(uid: int, gid: int, name: str, known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "uid": uid,
        "gid": gid,
        "gecos": known.get("gecos", ""),
        "home": home_of(known, name),
        "shell": known.get("shell", SHELLS[0]),
    }
