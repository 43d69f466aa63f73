"""Reading the journal again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from apnscp.core.registry import canonical
from apnscp.opcenter.store.tables import journal_table


def entries(
    db: Connection, *, method: str | None = None, failed: bool = False, after: int = 0, last: int | None = None
) -> list[Row[Any]]:
    """Return entries of the journal, oldest first.

    method: only calls of this one, in either spelling; failed: only calls that were refused or failed
    after: only entries with a higher id; last: the newest so many, all when left out
    """
    chosen = select(journal_table).where(journal_table.c.id > after).order_by(journal_table.c.id.desc()).limit(last)
    if method is not None:
        chosen = chosen.where(journal_table.c.command == canonical(method))
    if failed:
        chosen = chosen.where(journal_table.c.outcome != "ok")
    return list(reversed(db.execute(chosen).all()))
