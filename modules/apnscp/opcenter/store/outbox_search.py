"""The outbox as people look through it: pages of it, newest first, and single mails by their number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from apnscp.opcenter.store.tables import outbox_table


def page(db: Connection, text: str = "", *, at: int, size: int) -> tuple[Sequence[Any], int]:
    """Return a page of mails, newest first, and how many there are on all pages.

    text: part of an address, a subject or a body, in any case; at: mails to pass over; size: mails of the page
    """
    chosen = _holding(text)
    newest = select(outbox_table).where(*chosen).order_by(outbox_table.c.id.desc()).limit(size).offset(at)
    number = db.execute(select(func.count()).select_from(outbox_table).where(*chosen)).scalar_one()
    return db.execute(newest).all(), number


def one(db: Connection, number: int) -> Any:
    """Return a mail by its number, None for one that is not there."""
    return db.execute(select(outbox_table).where(outbox_table.c.id == number)).first()


def _holding(text: str) -> list[ColumnElement[bool]]:
    columns = (outbox_table.c.recipient, outbox_table.c.subject, outbox_table.c.body)
    return [or_(*(column.icontains(text, autoescape=True) for column in columns))] if text else []
