"""The jobs of a user (docs/panel.md, section 26)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from apnscp.core.answers import CronJob
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.crontab import permission
from apnscp.opcenter.crontab.schedule import Job
from apnscp.opcenter.crontab.tables import cron_job_table, cron_mailto_table
from apnscp.opcenter.sites import records
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.users import contacts, people
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.tables import user_table

MOST = 500
"""Jobs that one user may have (docs/fidelity.md, "Jobs")."""


def of_user(db: Connection, user_id: int) -> list[CronJob]:
    """Return the jobs of a user, oldest first: the fields of `Job` and disabled."""
    columns = [column for column in cron_job_table.c if column.name not in ("id", "user_id")]
    rows = db.execute(select(*columns).where(cron_job_table.c.user_id == user_id).order_by(cron_job_table.c.id))
    return [cast(CronJob, dict(row)) for row in rows.mappings()]


def add(ctx: Context, user: User, job: Job) -> None:
    """Add a job; raises Refused for one that is there already, in a demonstration account, and while cron does not run."""
    _require_change(ctx)
    permission.require_running(ctx, records.own(ctx))
    ctx.db.execute(select(user_table.c.id).where(user_table.c.id == user.id).with_for_update())  # one writer at a time
    if exists(ctx.db, user, job):
        raise Refused("`%s' has this job already: %s", user.name, line(job))
    held = select(func.count()).select_from(cron_job_table).where(cron_job_table.c.user_id == user.id)
    if int(ctx.db.execute(held).scalar_one()) >= MOST:
        raise Refused("`%s' has %d jobs, the most there can be; delete one first", user.name, MOST)
    ctx.db.execute(insert(cron_job_table).values(user_id=user.id, disabled=False, **job._asdict()))


def remove(ctx: Context, user: User, job: Job) -> None:
    """Delete a job; raises Refused for one that the user does not have."""
    _require_change(ctx)
    if not ctx.db.execute(delete(cron_job_table).where(_is(user, job))).rowcount:
        raise _unknown(user, job)


def set_disabled(ctx: Context, user: User, job: Job, disabled: bool) -> None:
    """Keep a job from running, or let it run again; raises Refused for one that the user does not have."""
    _require_change(ctx)
    if not ctx.db.execute(update(cron_job_table).where(_is(user, job)).values(disabled=disabled)).rowcount:
        raise _unknown(user, job)


def exists(db: Connection, user: User, job: Job) -> bool:
    """Tell whether a user has a job, disabled or not."""
    return db.execute(select(cron_job_table.c.id).where(_is(user, job))).first() is not None


def users_with_jobs(db: Connection, site_id: int) -> list[str]:
    """Return the users of a site who have jobs, sorted."""
    held = select(user_table.c.name).distinct().join(cron_job_table, cron_job_table.c.user_id == user_table.c.id)
    return sorted(db.execute(held.where(people.of_site(site_id))).scalars())


def mailto(db: Connection, user_id: int) -> str | None:
    """Return where the output of a user's jobs is sent, None while that was not set."""
    found: str | None = db.execute(
        select(cron_mailto_table.c.address).where(cron_mailto_table.c.user_id == user_id)
    ).scalar()
    return found


def set_mailto(ctx: Context, user: User, address: str) -> None:
    """Set where the output of a user's jobs is sent; empty text takes it back. Raises Refused when it is no address."""
    _require_change(ctx)
    if address.strip():
        upsert(ctx.db, cron_mailto_table, {"user_id": user.id, "address": contacts.valid_email(address)})
    else:
        ctx.db.execute(delete(cron_mailto_table).where(cron_mailto_table.c.user_id == user.id))


def line(job: Job) -> str:
    """Return a job as a line of a crontab."""
    return " ".join(_filled(job))


def _filled(job: Job) -> Iterable[str]:
    return (field for field in job if field)


def _is(user: User, job: Job) -> ColumnElement[bool]:
    same = [cron_job_table.c[name] == value for name, value in job._asdict().items()]
    return and_(cron_job_table.c.user_id == user.id, *same)


def _require_change(ctx: Context) -> None:
    if records.is_demo(ctx):
        raise Refused("This is a demonstration account; its jobs cannot be changed")


def _unknown(user: User, job: Job) -> Refused:
    return Refused("`%s' has no such job: %s; crontab:list-jobs lists them", user.name, line(job))
