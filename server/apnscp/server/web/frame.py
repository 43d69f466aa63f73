"""What stands around every page: who is signed on, where one can go, the panel's clock; and pages that say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, jsonify, render_template, request

from apnscp.core.errors import ApnscpError, LockedOut, NotAuthenticated, Refused, SessionEnded
from apnscp.server.faults import DELAY, status_of
from apnscp.server.web import forms, navigation
from apnscp.server.web.visitors import Gate

TITLES = {
    401: "Not signed on",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible",
    429: "Too many attempts",
    503: "Not ready",
}


def add_globals(app: Flask, gate: Gate) -> None:
    """Give every template what the frame shows."""

    @app.context_processor
    def known() -> dict[str, Any]:
        visitor = gate.known()
        clock = visitor.snapshot.clock if visitor else None
        return {
            "visitor": visitor,
            "navigation": navigation.entries(visitor) if visitor else [],
            "clock": clock,
            "clock_turned": clock is not None and (clock.frozen_at is not None or bool(clock.offset)),
            "token": lambda: forms.field(gate),
            "here": request.path,
        }


def page(template: str, facts: Mapping[str, Any], **only_shown: Any) -> Response:
    """Return a page, or its facts as JSON for a client that asks for that.

    facts: what the page tells, as JSON can; only_shown: what only the template needs
    """
    if wants_json():
        return jsonify(dict(facts))
    return Response(render_template(template, **facts, **only_shown), mimetype="text/html")


def wants_json() -> bool:
    """Tell whether the client asks for the facts of a page and not for the page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def refused(error: ApnscpError) -> Response:
    """Return the page for an error, with its status and what the brute-force guard wants."""
    if isinstance(error, Refused):
        answer = error_page(403, error.text)
    else:
        answer = error_page(int(status_of(error).status.split()[0]), error.text)
    if isinstance(error, LockedOut):
        answer.headers["Retry-After"] = str(error.retry_after)
    delay = getattr(error, "delay", 0.0)
    if delay:
        answer.headers[DELAY] = f"{delay:g}"
    return answer


def error_page(status: int, text: str) -> Response:
    """Return a page that says what is wrong, in the frame of the others."""
    title = TITLES.get(status, "Something went wrong" if status >= 500 else "Not possible")
    answer = page("error.html", {"title": title, "reason": text, "status": status})
    answer.status_code = status
    return answer


def is_signed_off(error: ApnscpError) -> bool:
    """Tell whether signing in again is the way out of an error."""
    return isinstance(error, (NotAuthenticated, SessionEnded))
