"""Jobs that run by the clock: the caller's own, and for the account's administrator those of its users."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from apnscp.server.web.apps.app import Action, App, Fields, Request

TIMES = ("minute", "hour", "day_of_month", "month", "day_of_week")
"""Fields of time, in the order of a crontab."""


def _facts(request: Request) -> dict[str, Any]:
    visitor, me = request.visitor, request.visitor.caller.user
    users = list(visitor.ask("user:get-users") or {}) if visitor.may("user:add") else [me]
    whose = request.args.get("user", me)
    known = whose if whose in users else me
    return {
        "users": users,
        "whose": known,
        "unknown": whose if whose not in users else None,
        "permitted": visitor.call("crontab:permitted").value,
        "running": visitor.call("crontab:enabled").value,
        "jobs": visitor.call("crontab:list-jobs", known).value,
        "mailto": visitor.ask("crontab:get-mailto"),
        "times": list(TIMES),
    }


def _job(form: Fields) -> Sequence[Any]:
    """Return the arguments that name a job: its times as typed, its command, and whose it is."""
    return [*(form.get(name, "").strip() for name in TIMES), form.get("cmd", "").strip(), form.get("user") or None]


def _switch(status: int) -> Callable[[Fields], Sequence[Any]]:
    return lambda form: [status]


APP = App(
    "crontab", "Scheduled jobs", "commands that run by the clock", "crontab:list-jobs", _facts,
    {
        "add": Action("crontab:add-job", _job, "The job was added."),
        "enable": Action("crontab:enable-job", _job, "The job runs again."),
        "disable": Action("crontab:disable-job", _job, "The job does not run any more."),
        "delete": Action("crontab:delete-job", _job, "The job was deleted."),
        "mailto": Action("crontab:set-mailto", lambda form: [form.get("mailto", "").strip()], "The address was set."),
        "start": Action("crontab:toggle-status", _switch(1), "Cron runs for this account."),
        "stop": Action("crontab:toggle-status", _switch(0), "Cron does not run for this account."),
    },
    keeps=("user",),
)  # fmt: skip
