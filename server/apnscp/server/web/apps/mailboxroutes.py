"""Addresses of the account: mailboxes, forwards, and the domains that receive mail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apnscp.server.web.apps.app import Action, App, Fields, Request, named


def _facts(request: Request) -> dict[str, Any]:
    visitor = request.visitor
    receiving = visitor.ask("email:list-virtual-transports") or []
    hosts = sorted(visitor.site.metadata.hosts) if visitor.site else []
    return {
        "addresses": visitor.call("email:list-mailboxes").value,
        "receiving": receiving,
        "silent": [host for host in hosts if host not in receiving],
        "users": list(visitor.ask("user:get-users") or {}),
    }


def _pair(form: Fields) -> Sequence[Any]:
    return [form.get("user", "").strip(), form.get("domain", "")]


APP = App(
    "mailboxroutes", "Mailboxes", "addresses, forwards, domains that receive mail", "email:list-mailboxes", _facts,
    {
        "mailbox": Action("email:add-mailbox", named("user", "domain", "uid"), "{user}@{domain} was added."),
        "forward": Action("email:add-alias", named("user", "domain", "destination"), "{user}@{domain} was added."),
        "redirect": Action(
            "email:modify-mailbox", lambda form: [*_pair(form), *_pair(form), form.get("destination", "").strip()],
            "{user}@{domain} was changed.",
        ),
        "enable": Action("email:enable-address", named("user", "domain"), "{user}@{domain} is on."),
        "disable": Action("email:disable-address", named("user", "domain"), "{user}@{domain} is off."),
        "delete": Action("email:delete-mailbox", named("user", "domain", "type"), "{user}@{domain} was deleted."),
        "receive": Action("email:add-virtual-transport", named("domain"), "{domain} receives mail."),
        "refuse": Action("email:remove-virtual-transport", named("domain"), "{domain} receives no mail any more."),
    },
)  # fmt: skip
