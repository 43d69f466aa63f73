"""API keys: 64 hex characters, looked up by keyed hash, sealed so that the panel can show them again.

Dashes, blanks and case in a key do not count (docs/panel.md, section 1).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, literal_column, select, update

from apnscp.core.secret import Secret
from apnscp.opcenter.schema import api_key, site, state
from apnscp.opcenter.store import Prepared

_IGNORED = re.compile(r"[\s-]+")


def clean(key: str) -> str:
    """Return a key as it is compared: no dashes, no blanks, lower case."""
    return _IGNORED.sub("", key).lower()


def generate() -> str:
    """Return a new key."""
    return secrets.token_hex(32)


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A key's row as the gate needs it; `is_site_admin` tells whether the owner administers the site."""

    id: int
    site_id: int
    user: str
    is_site_admin: bool
    suspended: bool
    expires: int | None
    addresses: str | None
    commands: str | None


_FIND = Prepared(
    select(
        state.c.value, api_key.c.id, api_key.c.site_id, api_key.c.user, site.c.admin_user, site.c.suspended_at,
        api_key.c.expires, api_key.c.addresses, api_key.c.commands,
    )
    .select_from(
        state.outerjoin(api_key, api_key.c.digest == bindparam("digest")).outerjoin(site, site.c.id == api_key.c.site_id)
    )
    .where(state.c.name == literal_column("'generation'"))
)  # fmt: skip


def find(db: Connection, secret: Secret, key: str) -> tuple[int, FoundKey | None]:
    """Look a key up, together with the generation of the store.

    key: as the client sent it
    Returns (generation, row or None).
    """
    row = _FIND.row(db, digest=secret.digest(clean(key)))
    if row[1] is None:
        return int(row[0]), None
    generation, row_id, site_id, user, site_admin, suspended, expires, addresses, commands = row
    found = FoundKey(row_id, site_id, user, site_admin == user, suspended is not None, expires, addresses, commands)
    return int(generation), found


def add(db: Connection, secret: Secret, key: str, *, site_id: int, user: str, comment: str, now: int) -> None:
    """Keep a key for a user; the same key again is left as it is."""
    digest = secret.digest(clean(key))
    if db.execute(select(api_key.c.id).where(api_key.c.digest == digest)).first() is None:
        values = {"digest": digest, "sealed": secret.seal(key), "site_id": site_id, "user": user, "comment": comment}
        db.execute(insert(api_key).values(**values, created=now))


def touch(db: Connection, row_id: int, now: int) -> None:
    """Note that a key was used."""
    db.execute(update(api_key).where(api_key.c.id == row_id).values(last_used=now))
