"""MySQL of the account: databases, users, and who may do what where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.server.web.apps.app import Action, App, Fields, Request, named, ticked

CHARSETS = (("utf8mb4", "utf8mb4_unicode_ci"), ("latin1", "latin1_swedish_ci"))
"""Character sets that the form offers, each with its collation."""


def _facts(request: Request) -> dict[str, Any]:
    visitor = request.visitor
    enabled = bool(visitor.call("mysql:enabled").value)
    users = visitor.call("mysql:list-users").value
    return {
        "enabled": enabled,
        "prefix": visitor.call("mysql:get-prefix").value,
        "databases": visitor.call("mysql:list-databases").value,
        "users": [
            {"name": name, "host": host, "connections": row["max_user_connections"]}
            for name, hosts in users.items()
            for host, row in hosts.items()
        ],
        "charsets": [name for name, _ in CHARSETS],
        "main": visitor.site.metadata["mysql"]["dbaseadmin"] if visitor.site else None,
    }


def _database(form: Fields) -> Sequence[Any]:
    charset = form.get("charset") or CHARSETS[0][0]
    return [form.get("db", "").strip(), charset, dict(CHARSETS).get(charset, "")]


def _user(form: Fields) -> Sequence[Any]:
    return [form.get("user", "").strip(), form.get("host", "").strip() or "localhost", form.get("password", "")]


def _privileges(form: Fields) -> Sequence[Any]:
    user, _, host = form.get("who", "").partition("@")
    return [user, host, form.get("db", ""), {name: bool(on) for name, on in ticked(form, "read", "write").items()}]


APP = App(
    "changemysql", "Databases", "MySQL databases, users, privileges", "mysql:list-databases", _facts,
    {
        "create": Action("mysql:create-database", _database, "The database {db} was made."),
        "drop": Action("mysql:delete-database", named("db"), "The database {db} was deleted."),
        "user": Action("mysql:add-user", _user, "The user {user} was added."),
        "password": Action(
            "mysql:edit-user", lambda form: [form.get("user", ""), form.get("host", ""), {"password": form.get("password", "")}],
            "The password of {user} was changed.",
        ),
        "remove": Action("mysql:delete-user", named("user", "host"), "The user {user} was deleted."),
        "grant": Action("mysql:set-privileges", _privileges, "The privileges of {who} in {db} were set."),
    },
)  # fmt: skip
