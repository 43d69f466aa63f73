"""Reading the journal again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from apnscp.core.registry import canonical
from apnscp.opcenter.store.tables import journal_table

LATE = 200
"""Entries before the newest among which one may still appear: PostgreSQL gives numbers before it shows their rows."""
MOST = 5_000
"""Entries that the journal keeps, and so the most that can be asked for."""
_WIDE = ("request", "response", "result", "changes")
"""Columns that a list does not show."""
_NARROW = [column for column in journal_table.c if column.name not in _WIDE]


@dataclass(frozen=True)
class Wanted:
    """Which entries are wanted; None or False for any.

    command: name of the method as the wire has it; method: the same as a glob, in either spelling: ``admin:*-site``
    faults: only calls that ended in a fault, or reported an error
    outcome: only calls of this outcome
    site_id: only calls by users of this site, or that changed it; 0 for calls by the panel's own; user: name of the caller
    since, until: Unix time, by the panel's clock; what was called at `until` is not wanted
    ids: numbers of entries
    """

    command: str | None = None
    faults: bool = False
    site_id: int | None = None
    user: str | None = None
    since: float | None = None
    outcome: str | None = None
    method: str | None = None
    until: float | None = None
    ids: tuple[int, ...] | None = None
    of_site: int | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what the rows must fulfil."""
        columns = journal_table.c
        found = [
            None if self.command is None else columns.command == self.command,
            None if self.method is None else columns.command.like(_pattern(self.method), escape="\\"),
            columns.outcome != "ok" if self.faults else None,
            None if self.outcome is None else columns.outcome == self.outcome,
            None if self.site_id is None else _concerns(self.site_id),
            None if self.of_site is None else columns.site_id == self.of_site,
            None if self.user is None else columns.user == self.user,
            None if self.since is None else columns.ts >= self.since,
            None if self.until is None else columns.ts < self.until,
            None if self.ids is None else columns.id.in_(self.ids),
        ]
        return [condition for condition in found if condition is not None]


ANY = Wanted()


def _pattern(glob: str) -> str:
    """Return a glob as LIKE takes it."""
    text = canonical(glob).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return text.replace("*", "%").replace("?", "_")


def _concerns(site_id: int) -> ColumnElement[bool]:
    columns = journal_table.c
    if not site_id:
        return columns.site_id == 0
    return or_(columns.site_id == site_id, and_(columns.touched.is_not(None), columns.touched.like(f"% {site_id} %")))


def entries(db: Connection, wanted: Wanted = ANY, *, after: int = 0, last: int | None = None) -> list[Row[Any]]:
    """Return entries of the journal in the order in which the calls began.

    after: only entries with a higher id; last: the newest so many, all when left out

    A call is entered when it is over and workers write in batches, so the order of rows is another one.
    """
    chosen = select(journal_table).where(journal_table.c.id > after, *wanted.conditions())
    rows = db.execute(chosen.order_by(journal_table.c.id.desc()).limit(last)).all()
    return sorted(rows, key=lambda row: (row.ts, row.id))


def one(db: Connection, id: int) -> Row[Any] | None:
    """Return an entry by its number, None for one that is not there, or no longer."""
    return db.execute(select(journal_table).where(journal_table.c.id == id)).first()


def page(db: Connection, wanted: Wanted, *, size: int, before: int | None = None) -> list[Row[Any]]:
    """Return a page of entries without their envelopes, those last entered first; one more than `size` where more follow.

    before: only entries with a lower id
    """
    conditions = wanted.conditions()
    if before is not None:
        conditions.append(journal_table.c.id < before)
    return list(db.execute(select(*_NARROW).where(*conditions).order_by(journal_table.c.id.desc()).limit(size + 1)))


def number(db: Connection, wanted: Wanted) -> int:
    """Return how many entries there are."""
    return db.execute(select(func.count()).select_from(journal_table).where(*wanted.conditions())).scalar_one()


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
