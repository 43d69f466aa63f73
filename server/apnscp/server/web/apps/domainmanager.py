"""Further domains of the account, and what waits to be applied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apnscp.server.web.apps.app import Action, App, Request, named


def _facts(request: Request) -> dict[str, Any]:
    visitor = request.visitor
    roots = visitor.call("aliases:list-shared-domains").value
    journal = visitor.call("aliases:list-unsynchronized-domains").value
    waiting = {name: _names(journal[name]) for name in ("add", "remove")}
    return {
        "domains": [{"name": name, "path": path, "waits": name in waiting["add"]} for name, path in roots.items()],
        "waiting": waiting,
        "most": visitor.site.metadata["aliases"]["max"] if visitor.site else None,
    }


def _names(listed: Any) -> list[str]:
    """Return the names of a list that PHP leaves with holes."""
    return list(listed.values()) if isinstance(listed, Mapping) else list(listed)


APP = App(
    "domainmanager", "Domains", "further domains of the account", "aliases:list-shared-domains", _facts,
    {
        "add": Action("aliases:add-domain", named("domain", "path"), "{domain} waits to be added; apply the changes."),
        "path": Action(
            "aliases:modify-domain", lambda form: [form.get("domain", ""), {"path": form.get("path", "").strip()}],
            "{domain} is served from {path}.",
        ),
        "remove": Action("aliases:remove-domain", named("domain"), "{domain} waits to be removed; apply the changes."),
        "apply": Action("aliases:synchronize-changes", named(), "The changes were applied."),
    },
)  # fmt: skip
