"""Module crontab: jobs that run by the clock (docs/panel.md, section 26)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import CronJob
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.crontab import jobs, permission, schedule
from apnscp.opcenter.sites import records
from apnscp.opcenter.users import people, switches

_INNER = Role.SITE | Role.USER
Time = Any
"""A field of time: text, or a number."""
Line = Annotated[str, Untyped]
User = Annotated[str | None, Untyped]


@command(_INNER)
def list_jobs(ctx: Context, user: User = None) -> list[CronJob]:
    """Return jobs: minute, hour, day_of_month, month, day_of_week, cmd, disabled.

    user: whose; the caller's when left out. A secondary user may only name itself, here and below
    """
    return _listed(ctx, user)


@command(_INNER, deprecated=True)
def list_cronjobs(ctx: Context, user: User = None) -> list[CronJob]:
    """Return jobs; crontab:list-jobs is its name today."""
    return _listed(ctx, user)


@command(_INNER)
def filter_by_command(ctx: Context, command: str, user: str | None = None) -> list[CronJob]:
    """Return the jobs whose command contains a text, in the form of crontab:list-jobs."""
    return [job for job in _listed(ctx, user) if command in job["cmd"]]


@command(_INNER, "write")
def add_job(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: str | None = None
) -> bool:
    """Add a job.

    min, hour, dom, month, dow: fields of time as in a crontab; a macro such as @daily in the first one makes the others empty
    cmd: one line; user: whose job it is, the caller's when left out
    """
    jobs.add(ctx, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd))
    return True


@command(_INNER, "write", deprecated=True)
def add_cronjob(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: User = None
) -> Annotated[bool, Untyped]:
    """Add a job; crontab:add-job is its name today."""
    jobs.add(ctx, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd))
    return True


@command(_INNER, "write")
def add_raw(ctx: Context, line: Line, user: User = None) -> Annotated[bool, Untyped]:
    """Add a job as a line of a crontab: five fields of time, or a macro such as @daily, and a command."""
    jobs.add(ctx, permission.owner(ctx, user), schedule.parsed(line))
    return True


@command(_INNER, "write")
def delete_job(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: User = None
) -> Annotated[bool, Untyped]:
    """Delete a job, named by the values with which it was added."""
    jobs.remove(ctx, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd))
    return True


@command(_INNER, "write", deprecated=True)
def delete_cronjob(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: User = None
) -> Annotated[bool, Untyped]:
    """Delete a job; crontab:delete-job is its name today."""
    jobs.remove(ctx, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd))
    return True


@command(_INNER, "write")
def disable_job(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: User = None
) -> Annotated[bool, Untyped]:
    """Keep a job from running; it stays in the list."""
    jobs.set_disabled(ctx, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd), True)
    return True


@command(_INNER, "write")
def enable_job(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: User = None
) -> Annotated[bool, Untyped]:
    """Let a disabled job run again."""
    jobs.set_disabled(ctx, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd), False)
    return True


@command(_INNER)
def exists(
    ctx: Context, min: Time, hour: Time, dom: Time, month: Time, dow: Time, cmd: Line, user: User = None
) -> bool:
    """Tell whether there is a job, disabled or not."""
    return jobs.exists(ctx.db, permission.owner(ctx, user), schedule.job((min, hour, dom, month, dow), cmd))


@command(_INNER)
def enabled(ctx: Context) -> Annotated[bool, Untyped]:
    """Tell whether cron runs for the account: it may have jobs, crontab is on, nobody stopped it, no suspension."""
    return permission.is_running(ctx, records.own(ctx))


@command(_INNER, deprecated=True)
def crontab_enabled(ctx: Context) -> Annotated[bool, Untyped]:
    """Tell whether cron runs for the account; crontab:enabled is its name today."""
    return permission.is_running(ctx, records.own(ctx))


@command(_INNER)
def permitted(ctx: Context) -> bool:
    """Tell whether the account may have jobs: crontab,permit and ssh,enabled are on."""
    return permission.permitted(records.own(ctx))


@command(_INNER)
def user_permitted(ctx: Context, user: User = None) -> Annotated[bool, Untyped]:
    """Tell whether a user may have jobs; the caller when left out."""
    return permission.user_permitted(ctx, people.target(ctx, user or None))


@command(Role.SITE, "write")
def permit_user(ctx: Context, user: Line) -> Annotated[bool, Untyped]:
    """Let a user have jobs."""
    permission.require_permitted(records.own(ctx))
    switches.permit(ctx, user, "crontab")
    return True


@command(Role.SITE, "write")
def deny_user(ctx: Context, user: Line) -> Annotated[bool, Untyped]:
    """Keep a user from having jobs; those that there are stay and do not run."""
    switches.deny(ctx, user, "crontab")
    return True


@command(Role.SITE)
def list_users(ctx: Context) -> Annotated[list[str], Untyped]:
    """Return the users of the account who have jobs."""
    return jobs.users_with_jobs(ctx.db, ctx.caller.site_id)


@command(_INNER, "write")
def restart(ctx: Context) -> Annotated[bool, Untyped]:
    """Start cron for the account, anew where it runs already."""
    permission.start(ctx, records.own(ctx))
    return True


@command(Role.SITE)
def reload(ctx: Context) -> Annotated[bool, Untyped]:
    """Let cron read the jobs again, which it does by itself; an error while it does not run."""
    permission.require_running(ctx, records.own(ctx))
    return True


@command(Role.SITE, "write")
def toggle_status(ctx: Context, status: Annotated[int, Untyped]) -> Annotated[bool, Untyped]:
    """Start or stop cron for the account.

    status: 1 starts, 0 stops, -1 starts anew
    """
    if status not in (-1, 0, 1):
        raise Refused("Status `%d' is not known; 1 starts cron, 0 stops it, -1 starts it anew", status)
    if status:
        permission.start(ctx, records.own(ctx))
    else:
        permission.stop(ctx, records.own(ctx))
    return True


@command(_INNER, "write")
def set_mailto(ctx: Context, address: Line) -> Annotated[bool, Untyped]:
    """Set the address to which the output of the caller's jobs is sent; empty text takes it back."""
    jobs.set_mailto(ctx, permission.owner(ctx, None), address)
    return True


@command(_INNER)
def get_mailto(ctx: Context) -> Annotated[str | None, Untyped]:
    """Return the address to which the output of the caller's jobs is sent; null while none is set."""
    return jobs.mailto(ctx.db, ctx.caller.user_id)


def _listed(ctx: Context, user: str | None) -> list[CronJob]:
    return jobs.of_user(ctx.db, permission.owner(ctx, user).id)
