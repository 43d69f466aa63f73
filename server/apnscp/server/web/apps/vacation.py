"""Vacation messages: the caller's own, and for the account's administrator those of its users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.server.web.apps.app import Action, App, Fields, Request

_NAMES = ("response", "subject", "contenttype", "days")


def _facts(request: Request) -> dict[str, Any]:
    visitor, me = request.visitor, request.visitor.caller.user
    users = list(visitor.ask("user:get-users") or {}) if visitor.may("user:add") else [me]
    whose = request.args.get("user", me)
    known = whose if whose in users else me
    message = visitor.call("email:get-vacation-message", known).value
    options = visitor.call("email:get-vacation-options").value if known == me else {}
    return {
        "users": users,
        "whose": known,
        "mine": known == me,
        "unknown": whose if whose not in users else None,
        "sent": visitor.call("email:vacation-exists", known).value,
        "exists": message is not None,
        "message": {"response": message or "", "subject": "", "contenttype": "plain", "days": "", **options},
    }


def _message(form: Fields) -> Sequence[Any]:
    given = {name: form[name] for name in _NAMES if name in form and (name != "days" or form[name].strip())}
    return [form.get("user") or None, given]


APP = App(
    "vacation", "Vacation messages", "answers while somebody is away", "email:get-vacation-options", _facts,
    {
        "enable": Action("email:enable-vacation", _message, "The message is sent from now on."),
        "remove": Action("email:remove-vacation", lambda form: [form.get("user") or None], "The message was removed."),
    },
    keeps=("user",),
)  # fmt: skip
