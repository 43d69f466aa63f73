"""The Flask application of a panel: the files that hold routes, and what every page has in common."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from apnscp.core.context import Panel
from apnscp.core.errors import ApnscpError
from apnscp.opcenter.store.transactions import View
from apnscp.server.authentication import Authenticator
from apnscp.server.dispatch import Dispatcher
from apnscp.server.web import (
    administration,
    api_keys,
    apps,
    dashboard,
    entry,
    formats,
    forms,
    frame,
    front,
    journal,
    method_pages,
    notes,
)
from apnscp.server.web.visitors import Gate

log = logging.getLogger("apnscp.web")

CONTENT_POLICY = "default-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
BROKEN = "Something went wrong inside the panel; its log names the cause under request %s"
ROUTES = (front, entry, dashboard, apps, *administration.ROUTES, journal, api_keys, method_pages)
"""The files with routes; each has `add_routes(app, gate)`."""


def create(panel: Panel, authenticator: Authenticator, dispatcher: Dispatcher) -> Flask:
    """Return the Flask application of a panel."""
    app = Flask(__name__, static_url_path="/_static")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    gate = Gate(panel, authenticator, dispatcher)
    notes.keep(app, panel)
    formats.add_filters(app)
    frame.add_globals(app, gate)

    @app.before_request
    def require_open() -> None:
        with View(panel.engine) as view:
            authenticator.require_open(entry.given(), view)
        if request.method == "POST" and request.routing_exception is None:
            forms.require_genuine(gate)

    for module in ROUTES:
        module.add_routes(app, gate)

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
