"""Subdomains of the account and their document roots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.server.web.apps.app import Action, App, Fields, Request, named

EVERY = "*"
"""What the form says for a subdomain below every domain of the account."""


def _facts(request: Request) -> dict[str, Any]:
    visitor = request.visitor
    listed = visitor.call("web:list-subdomains").value
    return {
        "subdomains": [{"name": name, "path": path} for name, path in listed.items()],
        "domains": list(visitor.call("web:list-domains").value),
        "every": EVERY,
    }


def _new(form: Fields) -> Sequence[Any]:
    name, domain = form.get("subdomain", "").strip(), form.get("domain", "")
    full = name if domain in ("", EVERY) else f"{name}.{domain}"
    return [full, form.get("path", "").strip()]


def _changed(form: Fields) -> Sequence[Any]:
    return [form.get("name", ""), form.get("newname", "").strip() or None, form.get("path", "").strip() or None]


APP = App(
    "subdomains", "Subdomains", "subdomains and their folders", "web:list-subdomains", _facts,
    {
        "add": Action("web:add-subdomain", _new, "{subdomain} was added."),
        "edit": Action("web:rename-subdomain", _changed, "{name} was changed."),
        "remove": Action("web:remove-subdomain", named("name"), "{name} was removed."),
    },
)  # fmt: skip
