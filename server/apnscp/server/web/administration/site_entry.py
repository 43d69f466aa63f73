"""Entering a site as one of its users, and coming back.

The administrator's own session is kept in a second cookie meanwhile. It ends with the other one at sign-out, and is
forgotten when somebody signs in.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request

from apnscp.core.errors import ApnscpError, Refused
from apnscp.opcenter.access import sessions
from apnscp.opcenter.store.transactions import View, writing
from apnscp.server.web import entry
from apnscp.server.web.administration import calls, found_sites
from apnscp.server.web.administration.calls import Answer
from apnscp.server.web.administration.site import to
from apnscp.server.web.visitors import Gate, credentials, session_id

BACK = "apnscp_back"
"""The cookie with the session to go back to."""
NO_WAY_BACK = "The administrator's session that led here has ended; sign in again"


def add_routes(app: Flask, gate: Gate) -> None:
    """Add what enters a site, ``/return``, and what keeps the cookie true."""

    @app.post("/sites/<name>/enter")
    def enter_site(name: str) -> Response:
        visitor = gate.administrator()
        with View(gate.panel.engine) as view:
            found = found_sites.named(view.db, name)
        answer = calls.attempt(visitor, "admin:hijack", f"site{found.id}", request.form.get("user") or None, "UI")
        refusal = answer.refusal or _shut_out(gate, answer.value)
        if refusal is not None:
            calls.note(Answer(refusal=refusal), "")
            return to(f"/sites/{found.id}")
        landed = entry.with_cookie(to(entry.HOME), answer.value)
        return _keep(landed, session_id() or "")

    @app.post("/return")
    def come_back() -> Response:
        own = request.cookies.get(BACK, "")
        if not _is_administrator(gate, own):
            raise Refused(NO_WAY_BACK)
        with writing(gate.panel.engine) as db:
            sessions.delete(db, gate.panel.secret, session_id() or "")
        return _forget(entry.with_cookie(to("/sites"), own))

    @app.context_processor
    def way_back() -> dict[str, Any]:
        return {"way_back": bool(request.cookies.get(BACK)) and request.cookies.get(BACK) != session_id()}

    @app.after_request
    def forget(response: Response) -> Response:
        own = request.cookies.get(BACK)
        if own and response.status_code == 303 and request.endpoint in ("enter", "leave"):
            if request.endpoint == "leave":
                with writing(gate.panel.engine) as db:
                    sessions.delete(db, gate.panel.secret, own)
            _forget(response)
        return response


def _shut_out(gate: Gate, session: str) -> str | None:
    """Return why a fresh session opens no page, such as for a user who may not sign in; None where it does."""
    try:
        with View(gate.panel.engine) as view:
            gate.authenticator.identify(credentials(session), view)
    except ApnscpError as error:
        return error.text
    return None


def _is_administrator(gate: Gate, session: str) -> bool:
    if not session:
        return False
    try:
        with View(gate.panel.engine) as view:
            caller, _ = gate.authenticator.identify(credentials(session), view)
    except ApnscpError:
        return False
    return caller.is_admin and caller.gate == "UI"


def _keep(response: Response, session: str) -> Response:
    response.set_cookie(BACK, session, path="/", httponly=True, samesite="Strict", secure=request.is_secure)
    return response


def _forget(response: Response) -> Response:
    response.delete_cookie(BACK, path="/")
    return response
