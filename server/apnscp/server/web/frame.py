"""What stands around every page: who is signed on, where one can go, the panel's clock; and pages that say what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, redirect, render_template, request

from apnscp.core.errors import (
    Aborted,
    ApnscpError,
    BadArgument,
    LockedOut,
    NotAuthenticated,
    Refused,
    SessionEnded,
    UnknownMethod,
)
from apnscp.server.faults import DELAY, status_of
from apnscp.server.web import forms, navigation, switcher
from apnscp.server.web.visitors import COOKIE, Gate, session_id

TITLES = {
    401: "Not signed on",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible",
    429: "Too many attempts",
    503: "Not ready",
}
SESSION_ENDED = "Your session is over"


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
            "offer": switcher.offer(gate, visitor) if visitor else None,
            "seen": request.full_path.rstrip("?"),
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
    """Return the page for an error, with its status and what the brute-force guard wants.

    A browser that sends no session at all is led to the sign-in; one whose session is not valid forgets it.
    """
    if isinstance(error, NotAuthenticated) and not session_id() and COOKIE not in request.args and is_browser():
        return redirect(sign_in_path(), 302)  # type: ignore[return-value]
    status = _status(error)
    answer = error_page(status, error.text, SESSION_ENDED if isinstance(error, SessionEnded) else None)
    if isinstance(error, LockedOut):
        answer.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, NotAuthenticated) and COOKIE in request.cookies:
        answer.delete_cookie(COOKIE, path="/")
    delay = getattr(error, "delay", 0.0)
    if delay:
        answer.headers[DELAY] = f"{delay:g}"
    return answer


def _status(error: ApnscpError) -> int:
    """Return the status of a page for an error; what SOAP answers with a fault of status 500 is no failure of the panel."""
    if isinstance(error, (Refused, Aborted, UnknownMethod)):
        return 403
    return 400 if isinstance(error, BadArgument) else int(status_of(error).status.split()[0])


def error_page(status: int, text: str, title: str | None = None) -> Response:
    """Return a page that says what is wrong, in the frame of the others."""
    title = title or TITLES.get(status, "Something went wrong" if status >= 500 else "Not possible")
    facts = {"title": title, "reason": text, "status": status}
    answer = page("error.html", facts, sign_in=sign_in_path())
    answer.status_code = status
    return answer


def sign_in_path() -> str:
    """Return the path of the sign-in, which leads back to the page that was asked for."""
    if request.method != "GET" or request.path in ("/", "/login"):
        return "/login"
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in (COOKIE, "switch")]
    wanted = f"{request.path}?{urlencode(kept)}" if kept else request.path
    return f"/login?{urlencode({'next': wanted})}"


def is_browser() -> bool:
    """Tell whether a person is opening a page: browsers ask for HTML by name."""
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "")


def is_signed_off(error: ApnscpError) -> bool:
    """Tell whether signing in again is the way out of an error."""
    return isinstance(error, (NotAuthenticated, SessionEnded))
