"""Reading the journal again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from apnscp.opcenter.store.tables import journal_table

LATE = 200
"""Entries before the newest among which one may still appear: PostgreSQL gives numbers before it shows their rows."""


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted; None or False for any.

    command: name of the method as the wire has it; faults: only calls that ended in a fault
    outcome: only calls of this outcome
    site_id: only calls by users of this site, 0 for those of the panel's own; user: name of the caller
    since: Unix time, by the panel's clock
    """

    command: str | None = None
    faults: bool = False
    site_id: int | None = None
    user: str | None = None
    since: float | None = None
    outcome: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what the rows must fulfil."""
        columns = journal_table.c
        found = [
            None if self.command is None else columns.command == self.command,
            columns.outcome != "ok" if self.faults else None,
            None if self.outcome is None else columns.outcome == self.outcome,
            None if self.site_id is None else columns.site_id == self.site_id,
            None if self.user is None else columns.user == self.user,
            None if self.since is None else columns.ts >= self.since,
        ]
        return [condition for condition in found if condition is not None]


ANY = Wanted()


def entries(db: Connection, wanted: Wanted = ANY, *, after: int = 0, last: int | None = None) -> list[Row[Any]]:
    """Return entries of the journal in the order in which the calls began.

    after: only entries with a higher id; last: the newest so many, all when left out

    A call is entered when it is over and workers write in batches, so the order of rows is another one.
    """
    chosen = select(journal_table).where(journal_table.c.id > after, *wanted.conditions())
    rows = db.execute(chosen.order_by(journal_table.c.id.desc()).limit(last)).all()
    return sorted(rows, key=lambda row: (row.ts, row.id))


def counts(db: Connection, wanted: Wanted = ANY, *, most: int | None = None) -> list[Row[Any]]:
    """Return how often each method was called, most often first: rows of command, calls, and ts of the last call.

    most: how many methods, all when left out
    """
    columns = journal_table.c
    calls = func.count().label("calls")
    counted = select(columns.command, calls, func.max(columns.ts).label("ts")).where(*wanted.conditions())
    return list(db.execute(counted.group_by(columns.command).order_by(calls.desc(), columns.command).limit(most)))


class Follower:
    """Entries that were not there at the last look."""

    def __init__(self, db: Connection, wanted: Wanted = ANY) -> None:
        """Take everything that is there now as seen."""
        self._wanted = wanted
        newest = db.execute(select(func.max(journal_table.c.id))).scalar() or 0
        self._seen = set(db.execute(select(journal_table.c.id).where(journal_table.c.id > newest - LATE)).scalars())
        self._newest = newest

    def look(self, db: Connection) -> list[Row[Any]]:
        """Return the wanted entries that are new, in the order in which the calls began."""
        found = entries(db, self._wanted, after=self._newest - LATE)
        fresh = [row for row in found if row.id not in self._seen]
        self._newest = max([self._newest, *(row.id for row in fresh)])
        self._seen = {id for id in (*self._seen, *(row.id for row in fresh)) if id > self._newest - LATE}
        return fresh
