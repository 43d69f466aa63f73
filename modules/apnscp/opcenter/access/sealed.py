"""What a store keeps sealed with the secret of its panel: whether a secret is the right one, and a new start without it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, update

from apnscp.core.secret import Secret
from apnscp.opcenter.access import keys
from apnscp.opcenter.access.tables import api_key_table
from apnscp.opcenter.users.tables import user_table


def is_empty(db: Connection) -> bool:
    """Tell whether nothing in the store is sealed: any secret will do."""
    return next(_texts(db), None) is None


def opens(db: Connection, secret: Secret) -> bool:
    """Tell whether a secret opens what the store keeps; it does where nothing is sealed."""
    return is_empty(db) or any(secret.unseal(text) is not None for text in _texts(db))


def forget_closed(db: Connection, secret: Secret) -> None:
    """Delete the API keys, and take away the second factors, that a secret does not open: nobody can use them again."""
    for row in keys.of_all(db):
        if secret.unseal(row.sealed) is None:
            keys.delete(db, row.id)
    for user_id, text in db.execute(
        select(user_table.c.id, user_table.c.totp).where(user_table.c.totp.is_not(None))
    ).all():
        if secret.unseal(text) is None:
            db.execute(update(user_table).where(user_table.c.id == user_id).values(totp=None, totp_step=None))


def _texts(db: Connection) -> Iterator[str]:
    """Give every sealed text, the newest keys first."""
    yield from db.execute(select(api_key_table.c.sealed).order_by(api_key_table.c.id.desc())).scalars()
    yield from db.execute(select(user_table.c.totp).where(user_table.c.totp.is_not(None))).scalars()
