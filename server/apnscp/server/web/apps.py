"""The apps of the panel: pages that billing modules link to."""

from __future__ import annotations

from flask import Flask, Response, abort

from apnscp.server.web import dashboard, frame
from apnscp.server.web.visitors import Gate

KNOWN = {
    "usermanage": "Users of the account", "mailboxroutes": "Mailboxes", "vacation": "Vacation messages",
    "filemanager": "Files", "domainmanager": "Domains", "bandwidthbd": "Transfer", "crontab": "Scheduled jobs",
    "subdomains": "Subdomains", "changemysql": "Databases", "phpmyadmin": "phpMyAdmin", "webapps": "Web applications",
    "terminal": "Terminal", "whitelist": "Whitelist of the firewall",
}  # fmt: skip
"""What stands behind the names in links of billing modules."""


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/apps/NAME``."""

    @app.get("/apps/<name>")
    def opened(name: str) -> Response:
        visitor = gate.visitor()
        if name not in KNOWN:
            abort(404, f"The panel has no app `{name}'")
        return frame.page("app.html", dashboard.facts(visitor, name), title=KNOWN[name])
