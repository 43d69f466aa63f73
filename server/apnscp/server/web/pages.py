"""The Flask application of a panel: the files that hold routes, and what every page has in common."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

<<<<<<< HEAD
from apnscp.core.context import Caller, Panel
from apnscp.core.errors import ApnscpError, Closed, NotAuthenticated, Refused
from apnscp.core.roles import Role
from apnscp.opcenter.access import logins
from apnscp.opcenter.sites import suspension
from apnscp.opcenter.sites.records import load
from apnscp.opcenter.store.transactions import View
=======
from apnscp.core.context import Panel
from apnscp.core.errors import ApnscpError
from apnscp.opcenter.store.transactions import reading
>>>>>>> f-frame
from apnscp.server.authentication import Authenticator
from apnscp.server.dispatch import Dispatcher
from apnscp.server.web import apps, dashboard, entry, formats, forms, frame, front
from apnscp.server.web.visitors import Gate

log = logging.getLogger("apnscp.web")

CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
BROKEN = "Something went wrong inside the panel; its log names the cause under request %s"
ROUTES = (front, entry, dashboard, apps)
"""The files with routes; each has `add_routes(app, gate)`."""


def create(panel: Panel, authenticator: Authenticator, dispatcher: Dispatcher) -> Flask:
    """Return the Flask application of a panel."""
    app = Flask(__name__, static_url_path="/_static")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    gate = Gate(panel, authenticator, dispatcher)
    formats.add_filters(app)
    frame.add_globals(app, gate)

    @app.before_request
<<<<<<< HEAD
    def require_open() -> Response | None:
        try:
            with View(panel.engine) as view:
                authenticator.require_open(entry.given(), view)
            if request.method == "POST" and not entry.is_from_here(request):
                raise Refused(FOREIGN_FORM)
        except (Closed, Refused) as error:
            return entry.marked(_rendered("refused.html", {"reason": error.text}), error)
        return None
=======
    def require_open() -> None:
        with reading(panel.engine) as db:
            authenticator.require_open(entry.given(), db)
        if request.method == "POST" and request.routing_exception is None:
            forms.require_genuine(gate)

    for module in ROUTES:
        module.add_routes(app, gate)
>>>>>>> f-frame

    @app.after_request
    def harden(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        return forms.with_seed(response)

    @app.errorhandler(ApnscpError)
    def refused(error: ApnscpError) -> Response:
        return frame.refused(error)

    @app.errorhandler(HTTPException)
    def answered(error: HTTPException) -> Any:
        if error.code is None or error.code < 400:
            return error
        return frame.error_page(error.code, error.description or error.name)

    @app.errorhandler(Exception)
    def broken(error: Exception) -> Response:
        number = secrets.token_hex(8)
        log.error("request %s: %s %s failed", number, request.method, request.path, exc_info=error)
        return frame.error_page(500, BROKEN % number)

    return app
<<<<<<< HEAD


def _landing(panel: Panel, authenticator: Authenticator, name: str) -> Response:
    """Show who is signed on; with ``switch=DOMAIN`` enter another account first.

    Only an id in the address may switch: a cookie goes along with links that others made.
    """
    in_address, where = request.args.get(entry.COOKIE), request.args.get("switch")
    try:
        if where is not None and in_address:
            fresh = entry.switched(panel, authenticator, in_address, where)
            return redirect(url_for("landing", name=name, esprit_id=fresh), 303)  # type: ignore[return-value]
        session = in_address or request.cookies.get(entry.COOKIE)
        if not session:
            raise NotAuthenticated(NO_SESSION)
        with View(panel.engine) as view:
            caller, snapshot = authenticator.identify(entry.given(session), view)
            facts = _facts(view.db, caller, name, snapshot.settings.flag("auth.show_suspension_reason"))
    except ApnscpError as error:
        return entry.marked(_rendered("refused.html", {"reason": error.text}), error)
    if caller.gate == "UI":
        panel.defer(lambda connection: logins.note(connection, caller, snapshot.clock.unix()))
    return _rendered("landing.html", facts)


def _facts(db: Connection, caller: Caller, name: str, shown: bool) -> dict[str, Any]:
    """Return what the landing tells; shown: whether customers see why they are suspended."""
    site = load(db, caller.site_id) if caller.site_id else None
    return {
        "app": name,
        "user": caller.user,
        "role": (caller.role & Role.ALL).name or "",
        "gate": caller.gate,
        "site": f"site{site.id}" if site else None,
        "domain": site.domain if site else None,
        "plan": site.metadata["siteinfo"]["plan"] if site else None,
        "active": site.suspended_at is None if site else True,
        "reason": suspension.visible(site.reason) if shown and site and site.suspended_at is not None else None,
    }


def _rendered(template: str, facts: dict[str, Any]) -> Response:
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        return jsonify(facts)
    return Response(render_template(template, **facts), mimetype="text/html")
=======
>>>>>>> f-frame
