"""The first pages: a front page for whoever opens the address, and the landing of a sign-on."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from sqlalchemy import Connection

from apnscp.core.context import Caller, Panel
from apnscp.core.errors import LockedOut, NotAuthenticated
from apnscp.core.roles import Role
from apnscp.opcenter.accounts import load
from apnscp.opcenter.store import reading
from apnscp.server.gate import Credentials, Gate


def create(panel: Panel, gate: Gate) -> Flask:
    """Return the Flask application of a panel."""
    app = Flask(__name__, static_url_path="/_static")

    @app.get("/")
    def front() -> str:
        return render_template("front.html", origin=request.host_url.rstrip("/"))

    @app.get("/apps/<name>")
    def landing(name: str) -> Response:
        return _landing(panel, gate, name)

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = "default-src 'self'; frame-ancestors 'none'"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return app


def _landing(panel: Panel, gate: Gate, name: str) -> Response:
    session = request.args.get("esprit_id") or request.cookies.get("esprit_id")
    given = Credentials(None, session, request.remote_addr or "", request.headers.get("X-Forwarded-For"))
    try:
        with reading(panel.engine) as db:
            facts = _facts(db, gate.identify(given, db), name)
    except (NotAuthenticated, LockedOut) as error:
        return _rendered("refused.html", 401, {"reason": error.text})
    return _rendered("landing.html", 200, facts)


def _facts(db: Connection, caller: Caller, name: str) -> dict[str, Any]:
    account = load(db, caller.site_id) if caller.site_id else None
    return {
        "app": name,
        "user": caller.user,
        "role": (caller.role & Role.ALL).name or "",
        "gate": caller.gate,
        "site": f"site{account.id}" if account else None,
        "domain": account.domain if account else None,
        "plan": account.doc["siteinfo"]["plan"] if account else None,
        "active": account.suspended_at is None if account else True,
    }


def _rendered(template: str, status: int, facts: dict[str, Any]) -> Response:
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response = jsonify(facts)
    else:
        response = Response(render_template(template, **facts), mimetype="text/html")
    response.status_code = status
    return response
