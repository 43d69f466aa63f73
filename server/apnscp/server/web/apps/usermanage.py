"""Users of the account: who they are, what they may use, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.opcenter.users.details import SHELLS
from apnscp.server.web.apps.app import Action, App, Fields, Request, named, ticked

SERVICES = (
    ("ftp", "FTP"), ("imap", "Mail (IMAP)"), ("smtp", "Mail (SMTP)"), ("cp", "This panel"), ("dav", "WebDAV"),
    ("ssh", "SSH"),
)  # fmt: skip
"""What a new user can be given, with names for people."""


def _facts(request: Request) -> dict[str, Any]:
    visitor, me = request.visitor, request.visitor.caller.user
    entries = visitor.call("user:get-users").value
    is_admin = visitor.may("user:add")
    quotas = visitor.ask("user:get-quota", list(entries) if is_admin else [me]) or {}
    admin = visitor.site.admin_user if visitor.site else None
    users = [
        {"name": name, **entry, "quota": quotas.get(name), "admin": name == admin} for name, entry in entries.items()
    ]
    edited = request.args.get("edit", "") if is_admin else me
    return {
        "users": users,
        "count": visitor.ask("user:get-user-count") if is_admin else None,
        "edited": next((user for user in users if user["name"] == edited), None),
        "unknown": edited if edited and edited not in entries else None,
        "shells": list(SHELLS),
        "services": [list(pair) for pair in SERVICES],
    }


def _new(form: Fields) -> Sequence[Any]:
    options = {**ticked(form, *(name for name, _ in SERVICES)), "shell": form.get("shell") or SHELLS[0]}
    return [
        form.get("user", "").strip(),
        form.get("password", ""),
        form.get("gecos", ""),
        form.get("quota") or 0,
        options,
    ]


def _changed(form: Fields) -> Sequence[Any]:
    return [form.get("user", ""), {"gecos": form.get("gecos", ""), "shell": form.get("shell", "")}]


def _quota(form: Fields) -> Sequence[Any]:
    return [form.get("user", ""), form.get("quota") or 0]


def _password(form: Fields) -> Sequence[Any]:
    return [form.get("password", ""), form.get("user") or None]


def _own_name(form: Fields) -> Sequence[Any]:
    return [form.get("gecos", "")]


APP = App(
    "usermanage",
    "Users",
    "users of the account",
    "user:get-users",
    _facts,
    {
        "add": Action("user:add", _new, "{user} was added."),
        "edit": Action("user:usermod-driver", _changed, "{user} was changed."),
        "rename": Action("user:rename-user", named("user", "newuser"), "{user} is called {newuser} now."),
        "quota": Action("user:change-quota", _quota, "The quota of {user} was set."),
        "password": Action("auth:change-password", _password, "The password was changed."),
        "gecos": Action("user:change-gecos", _own_name, "Your full name was changed."),
        "delete": Action("user:delete", named("user"), "{user} was deleted."),
    },
)
