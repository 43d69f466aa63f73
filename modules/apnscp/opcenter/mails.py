"""Mails that the panel would send, kept in an outbox that can be read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from apnscp.core.context import Context
from apnscp.opcenter.schema import outbox


def send(ctx: Context, recipient: Any, subject: str, body: str) -> None:
    """Put a mail into the outbox.

    recipient: one address, a list of them, or None, which sends nothing
    """
    for address in recipient if isinstance(recipient, list) else [recipient]:
        if address:
            row = {"ts": ctx.clock.unix(), "recipient": address, "subject": subject, "body": body}
            ctx.db.execute(insert(outbox).values(row))
