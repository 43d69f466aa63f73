"""What the panel does by itself, by its own clock: a table of jobs, each with how often it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, update

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import cleanup
from apnscp.opcenter.store.statements import insert_if_absent
from apnscp.opcenter.store.tables import fact_table

DAY = 86400


@dataclass(frozen=True)
class Job:
    """A job; `work` does it and returns a line for each thing done, `every` is in seconds."""

    name: str
    every: int
    work: Callable[[Context], list[str]]


JOBS = (Job("account-cleanup", DAY, cleanup.run),)


def run_due(ctx: Context, *, all_of_them: bool = False) -> Iterator[tuple[str, list[str]]]:
    """Do the jobs that are due and give the name of each with what it did.

    all_of_them: do those that are not due as well
    Any number of processes may call this at a time: one of them does a job that is due.
    """
    for job in JOBS:
        if _claim(ctx.db, job, ctx.clock.unix()) or all_of_them:
            yield job.name, job.work(ctx)


def _claim(db: Connection, job: Job, now: int) -> bool:
    """Note that a job runs now, and tell whether it was due; a clock that was turned back makes it due."""
    name = f"job.{job.name}"
    insert_if_absent(db, fact_table, {"name": name, "value": "never"})
    before = db.execute(
        fact_table.select().with_only_columns(fact_table.c.value).where(fact_table.c.name == name)
    ).scalar_one()
    if before != "never" and 0 <= now - int(before) < job.every:
        return False
    taken = update(fact_table).where(fact_table.c.name == name, fact_table.c.value == before).values(value=str(now))
    return int(db.execute(taken).rowcount) == 1
