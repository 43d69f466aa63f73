"""Mails that the panel would send, kept in an outbox that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select

from apnscp.core.context import Context
from apnscp.opcenter.store.tables import outbox_table

KEPT = 10_000
"""Messages that are kept; older ones go as new ones come."""


def send(ctx: Context, recipient: Any, subject: str, body: str) -> None:
    """Put a mail into the outbox.

    recipient: one address, a list of them, or None, which sends nothing
    """
    for address in recipient if isinstance(recipient, list) else [recipient]:
        if address:
            row = {"ts": ctx.clock.unix(), "recipient": address, "subject": subject, "body": body}
            made = ctx.db.execute(insert(outbox_table).values(row)).inserted_primary_key
            if made is not None:
                ctx.db.execute(outbox_table.delete().where(outbox_table.c.id <= made[0] - KEPT))


@dataclass(frozen=True)
class Mail:
    """A mail in the outbox; `ts` is panel time in Unix seconds."""

    ts: int
    recipient: str
    subject: str
    body: str


def sent(db: Connection, *, to: str | None = None, last: int = 50) -> Sequence[Mail]:
    """Return the newest mails, oldest first.

    to: one recipient's alone; last: how many at the most
    """
    newest = select(outbox_table).order_by(outbox_table.c.id.desc()).limit(last)
    rows = db.execute(newest if to is None else newest.where(outbox_table.c.recipient == to)).all()
    return [Mail(row.ts, row.recipient, row.subject, row.body) for row in reversed(rows)]
