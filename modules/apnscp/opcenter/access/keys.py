"""API keys: 64 hex characters, looked up by keyed hash, sealed so that the panel can show them again.

Dashes, spaces and case in a key do not count (docs/panel.md, sections 1 and 12).
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, func, insert, literal_column, select, update

from apnscp.core.errors import Refused
from apnscp.core.secret import Secret
from apnscp.opcenter.access.brute_force import Failures
from apnscp.opcenter.access.tables import api_key_table, failure_table
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.statements import PreparedSelect
from apnscp.opcenter.store.tables import fact_table
from apnscp.opcenter.users import people
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.tables import user_table

PER_USER = 10
LONGEST_COMMENT = 255
_IGNORED = re.compile(r"[\s-]+")
_HEX = re.compile(r"[0-9a-f]+\Z", re.ASCII)


def clean(key: str) -> str:
    """Return a key as it is compared: no dashes, no spaces, lower case."""
    return _IGNORED.sub("", key).lower()


def generate() -> str:
    """Return a new key."""
    return secrets.token_hex(32)


class FoundKey(NamedTuple):
    """A key's row as authentication needs it; `is_site_admin` tells whether the owner administers the site."""

    id: int
    user_id: int
    site_id: int
    user: str
    is_site_admin: bool
    suspended: bool
    expires: int | None
    addresses: str | None
    commands: str | None
    last_used: int | None = None


class LookedUp(NamedTuple):
    """What one SELECT tells: generation of the store, the key's row, and failures of the address."""

    generation: int
    key: FoundKey | None
    failures: Failures | None


_FIND = PreparedSelect(
    select(
        fact_table.c.value, failure_table.c.count, failure_table.c.since,
        api_key_table.c.id, user_table.c.id, user_table.c.site_id, user_table.c.name,
        site_table.c.admin_user, site_table.c.suspended_at,
        api_key_table.c.expires, api_key_table.c.addresses, api_key_table.c.commands, api_key_table.c.last_used,
    )
    .select_from(
        fact_table.outerjoin(api_key_table, api_key_table.c.digest == bindparam("digest"))
        .outerjoin(user_table, user_table.c.id == api_key_table.c.user_id)
        .outerjoin(site_table, site_table.c.id == user_table.c.site_id)
        .outerjoin(failure_table, failure_table.c.address == bindparam("address"))
    )
    .where(fact_table.c.name == literal_column("'generation'"))
)  # fmt: skip


_ROWS = select(api_key_table, user_table.c.site_id, user_table.c.name.label("user")).join(user_table)


def find(db: Connection, secret: Secret, key: str, address: str) -> LookedUp:
    """Look a key up, together with the generation of the store and the failures of an address.

    key: as the client sent it; address: from `brute_force.counted_under`
    """
    row = _FIND.row(db, digest=secret.digest(clean(key)), address=address)
    failures = None if row[1] is None else Failures(row[1], row[2])
    if row[3] is None:
        return LookedUp(int(row[0]), None, failures)
    row_id, user_id, site_id, user, site_admin, suspended, *rest = row[3:]
    found = FoundKey(row_id, user_id, site_id or people.PANEL, user, site_admin == user, suspended is not None, *rest)
    return LookedUp(int(row[0]), found, failures)


@dataclass(frozen=True)
class Rules:
    """What a key may be limited to; None is no limit.

    expires: Unix time; addresses, commands: as `key_rules` writes them
    """

    expires: int | None = None
    addresses: str | None = None
    commands: str | None = None


NO_RULES = Rules()


def add(
    db: Connection, secret: Secret, key: str, *, user_id: int, comment: str, now: int, rules: Rules = NO_RULES
) -> None:
    """Keep a key for a user; the same key again is left as it is.

    Raises ValueError for one without a character that counts: a request without a key would use it.
    """
    if not clean(key):
        raise ValueError("an API key has at least one character that counts")
    digest = secret.digest(clean(key))
    if db.execute(select(api_key_table.c.id).where(api_key_table.c.digest == digest)).first() is None:
        values = {"digest": digest, "sealed": secret.seal(key), "user_id": user_id, "comment": comment}
        limits = {"expires": rules.expires, "addresses": rules.addresses, "commands": rules.commands}
        db.execute(insert(api_key_table).values(**values, **limits, created=now))


def make(db: Connection, secret: Secret, owner: User, *, comment: str, now: int, rules: Rules = NO_RULES) -> str:
    """Make a key for a user and return it; raises Refused when the user has as many as one may.

    comment: cut after LONGEST_COMMENT characters
    """
    require_room(db, owner)
    key = generate()
    add(db, secret, key, user_id=owner.id, comment=comment[:LONGEST_COMMENT], now=now, rules=rules)
    return key


def require_room(db: Connection, user: User) -> None:
    """Raise Refused when a user holds as many keys as one may."""
    own = api_key_table.c.user_id == user.id
    held = db.execute(select(func.count()).select_from(api_key_table).where(own)).scalar_one()
    if held >= PER_USER:
        raise Refused("`%s' has %d API keys already, the most that a user may have; delete one first", user.name, held)


def rules_of(db: Connection, row_id: int | None) -> Rules:
    """Return the rules of a key, none without one."""
    columns = select(api_key_table.c.expires, api_key_table.c.addresses, api_key_table.c.commands)
    found = db.execute(columns.where(api_key_table.c.id == row_id)).first() if row_id is not None else None
    return Rules(*found) if found else NO_RULES


def of_user(db: Connection, user_id: int) -> list[Row[Any]]:
    """Return the rows of a user's keys, oldest first: the table's columns, and site_id and user of the owner."""
    return list(db.execute(_ROWS.where(api_key_table.c.user_id == user_id).order_by(api_key_table.c.id)))


def is_of_panel(db: Connection, row_id: int | None) -> bool:
    """Tell whether a key belongs to a user of the panel itself; not without a key."""
    owner = select(user_table.c.site_id).join(api_key_table).where(api_key_table.c.id == row_id)
    found = db.execute(owner).first() if row_id is not None else None
    return found is not None and found[0] is None


def require_hex(key: str) -> str:
    """Return a key as it is compared; raises Refused for what cannot be one, without repeating it."""
    text = clean(key)
    if not _HEX.match(text):
        raise Refused("The key holds other characters than hexadecimal digits and dashes")
    return text


def owned(db: Connection, secret: Secret, key: str, user_id: int) -> Row[Any] | None:
    """Return the row of a key if it belongs to a user."""
    own = and_(api_key_table.c.digest == secret.digest(key), api_key_table.c.user_id == user_id)
    return db.execute(select(api_key_table).where(own)).first()


def delete(db: Connection, row_id: int) -> None:
    """Delete a key; the sessions that it opened end with it, by foreign key."""
    db.execute(api_key_table.delete().where(api_key_table.c.id == row_id))


def touch(db: Connection, row_id: int, now: int) -> None:
    """Note that a key was used."""
    db.execute(update(api_key_table).where(api_key_table.c.id == row_id).values(last_used=now))


def of_all(db: Connection) -> list[Row[Any]]:
    """Return the rows of all keys, oldest first, as `of_user` shapes them."""
    return list(db.execute(_ROWS.order_by(api_key_table.c.id)))


def of_site(db: Connection, site_id: int) -> list[Row[Any]]:
    """Return the rows of the keys of an account's users, or of the panel's for site 0; oldest first, as `of_user` has them."""
    return list(db.execute(_ROWS.where(people.of_site(site_id)).order_by(api_key_table.c.id)))


def named(db: Connection, secret: Secret, name: str) -> Row[Any] | None:
    """Return the row of a key, None when there is none.

    name: the number of its row, or the key itself
    """
    by_number = name.isdecimal() and len(name) < 10
    wanted = api_key_table.c.id == int(name) if by_number else api_key_table.c.digest == secret.digest(clean(name))
    return db.execute(_ROWS.where(wanted)).first()


def change(db: Connection, row_id: int, **values: Any) -> None:
    """Give a key other rules or another comment.

    values: `comment` and the fields of `Rules`; those that are left out stay
    """
    db.execute(update(api_key_table).where(api_key_table.c.id == row_id).values(values))


def commented(db: Connection, user_id: int, comment: str) -> list[Row[Any]]:
    """Return the rows of a user's keys that have a comment, oldest first."""
    return [row for row in of_user(db, user_id) if row.comment == comment]


def replace(db: Connection, secret: Secret, key: str, *, user_id: int, comment: str, now: int) -> None:
    """Keep a key as the user's only one with its comment; those before it end, with the sessions that they opened."""
    digest = secret.digest(clean(key))
    for row in commented(db, user_id, comment):
        if row.digest != digest:
            delete(db, row.id)
    add(db, secret, key, user_id=user_id, comment=comment, now=now)
