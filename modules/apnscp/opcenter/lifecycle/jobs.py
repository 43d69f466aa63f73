"""What the panel does by itself, by its own clock: a table of jobs, each with how often it runs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from apnscp.core.context import Context
from apnscp.core.errors import ApnscpError
from apnscp.core.reporter import Severity
from apnscp.opcenter.certificates import renewals
from apnscp.opcenter.lifecycle import cleanup
from apnscp.opcenter.store.facts import set_fact
from apnscp.opcenter.store.statements import insert_if_absent
from apnscp.opcenter.store.tables import fact_table

log = logging.getLogger("apnscp.jobs")
DAY = 86400
CLAIM = 600
"""Seconds after which a job that was begun and not finished, since its process was killed, is due again."""


@dataclass(frozen=True)
class Job:
    """A job; `work` does it and returns a line for each thing done, `every` is in seconds.

    quiet: tell of it only where it did something or met an error
    """

    name: str
    every: int
    work: Callable[[Context], list[str]]
    quiet: bool = False


JOBS = (Job("account-cleanup", DAY, cleanup.run), Job("certificate-renewal", DAY, renewals.run, quiet=True))


class Done(NamedTuple):
    """What a job did: a line for each thing, and the errors that it met."""

    name: str
    lines: list[str]
    errors: list[str]


class Planned(NamedTuple):
    """When a job ran last, None for never, and when it is due again, as Unix times."""

    name: str
    last: int | None
    due: int


def planned(db: Connection, now: int) -> list[Planned]:
    """Return when each job ran and when it is due, by the panel's clock; one that never ran is due now."""
    facts = select(fact_table.c.name, fact_table.c.value).where(fact_table.c.name.in_([_fact(job) for job in JOBS]))
    ran = {name: int(value) for name, value in db.execute(facts).all() if value != "never"}
    found = [(job, ran.get(_fact(job))) for job in JOBS]
    return [Planned(job.name, last, now if last is None else last + job.every) for job, last in found]


def count_from(db: Connection, now: int) -> None:
    """Let the span of jobs that never ran begin now, and that of jobs whose last run lies ahead of a clock turned back."""
    for job in JOBS:
        name = _fact(job)
        insert_if_absent(db, fact_table, {"name": name, "value": "never"})
        before = db.execute(select(fact_table.c.value).where(fact_table.c.name == name)).scalar_one()
        if before == "never" or int(before) > now:
            db.execute(update(fact_table).where(fact_table.c.name == name).values(value=str(now)))


def run_due(open_unit: Callable[[], AbstractContextManager[Context]], *, all_of_them: bool = False) -> Iterator[Done]:
    """Do the jobs that are due, each in a unit of work of its own, and tell what each one did.

    open_unit: opens a writing transaction in which the server acts
    all_of_them: do those that are not due as well
    A job that fails is undone and due again, the others are done; what one over many accounts has done already stays,
    and it is due again after `CLAIM` seconds. Any number of processes may call this at a time: one of them does a job
    that is due.
    """
    for job in JOBS:
        try:
            with open_unit() as ctx:
                now = ctx.clock.unix()
                claimed = _claim(ctx.db, job, now)
                if not (claimed or all_of_them):
                    continue
                lines = job.work(ctx)
                if claimed:
                    set_fact(ctx.db, _fact(job), str(now))
                errors = [told.text for told in ctx.reporter.messages if told.severity is Severity.ERROR]
        except ApnscpError as error:
            lines, errors = [], [error.text]
        except Exception:  # one job that fails must not keep the others from running; its trace is logged
            log.exception("the job %s failed", job.name)
            lines, errors = [], ["it failed unexpectedly; the log names the cause"]
        if lines or errors or not job.quiet:
            yield Done(job.name, lines, errors)


def _claim(db: Connection, job: Job, now: int) -> bool:
    """Note that a job is begun, and tell whether it was due; a clock that was turned back makes it due."""
    name = _fact(job)
    insert_if_absent(db, fact_table, {"name": name, "value": "never"})
    before = db.execute(
        fact_table.select().with_only_columns(fact_table.c.value).where(fact_table.c.name == name)
    ).scalar_one()
    if before != "never" and 0 <= now - int(before) < job.every:
        return False
    begun = str(now - job.every + CLAIM)
    taken = update(fact_table).where(fact_table.c.name == name, fact_table.c.value == before).values(value=begun)
    return int(db.execute(taken).rowcount) == 1


def _fact(job: Job) -> str:
    """Return the name of the fact that holds when a job ran last, as Unix time."""
    return f"job.{job.name}"
