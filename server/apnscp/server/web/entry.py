"""Signing in and out with a password, and entering other accounts: the pages that open sessions."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, Request, Response, redirect, render_template, request, url_for

from apnscp.core.context import Context, Panel
from apnscp.core.errors import ApnscpError, LockedOut, NotAuthenticated, Refused
from apnscp.core.reporter import Reporter
from apnscp.opcenter.access import sessions, sign_on
from apnscp.opcenter.access.sign_in import check_credentials, sign_in
from apnscp.opcenter.store.transactions import View, writing
from apnscp.server.authentication import Authenticator, Credentials
from apnscp.server.faults import DELAY, status_of

COOKIE = "esprit_id"


def add_routes(app: Flask, panel: Panel, authenticator: Authenticator) -> None:
    """Add ``/login`` and ``/logout`` to the pages."""

    @app.get("/login")
    def login() -> str:
        return render_template("login.html", reason=None)

    @app.post("/login")
    def enter() -> Response:
        try:
            session_id = _signed_in(panel, authenticator)
        except (NotAuthenticated, LockedOut) as error:
            page = Response(render_template("login.html", reason=error.text), mimetype="text/html")
            return marked(page, error)
        return _with_cookie(redirect(url_for("landing", name="dashboard"), 303), session_id)  # type: ignore[arg-type]

    @app.post("/logout")
    def leave() -> Response:
        with writing(panel.engine) as db:
            sessions.delete(db, panel.secret, request.cookies.get(COOKIE, ""))
        answer = redirect(url_for("login"), 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer  # type: ignore[return-value]


def is_from_here(sent: Request) -> bool:
    """Tell whether a form comes from a page of this panel, or from no page at all.

    Another site must not sign its visitors in or out: browsers say where a form comes from, in Sec-Fetch-Site or, over
    plain HTTP, in Origin. Clients that are not browsers send neither.
    """
    site = sent.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = sent.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == sent.host


def marked(answer: Response, error: ApnscpError) -> Response:
    """Return a page that says why somebody was not let in, with its status and what the brute-force guard wants."""
    answer.status = "403 Forbidden" if isinstance(error, Refused) else status_of(error).status
    if isinstance(error, LockedOut):
        answer.headers["Retry-After"] = str(error.retry_after)
    delay = getattr(error, "delay", 0.0)
    if delay:
        answer.headers[DELAY] = f"{delay:g}"
    return answer


def given(session: str | None = None) -> Credentials:
    """Return what the present request says about its sender."""
    forwarded = request.headers.get("X-Forwarded-For")
    return Credentials(None, session, request.remote_addr or "", forwarded, scheme=request.scheme)


def switched(panel: Panel, authenticator: Authenticator, session: str, where: str) -> str:
    """Enter another account from a session and return the id of the new session; raises ApnscpError.

    where: domain or site id of a subordinate account, or of the parent to go back to
    """
    with View(panel.engine) as view:
        caller, snapshot = authenticator.identify(given(session), view)
        with writing(panel.engine, view.opened) as begun:
            return sign_on.switch(Context(panel, begun, caller, Reporter(), snapshot), where)


def _signed_in(panel: Panel, authenticator: Authenticator) -> str:
    form = request.form
    name, domain = form.get("user", ""), form.get("domain", "")
    with View(panel.engine) as view:
        caller, snapshot = authenticator.admit(given(), view)
        db = view.db
        ctx = Context(panel, db, caller, Reporter(), snapshot)
        try:
            judged = check_credentials(ctx, f"{name}@{domain}" if domain else name, form.get("password", ""))
            with writing(panel.engine, db):
                return sign_in(ctx, judged, form.get("code", ""))
        except NotAuthenticated as error:
            raise authenticator.failed(caller.ip, snapshot, error) from None


def _with_cookie(answer: Response, session_id: str) -> Response:
    answer.set_cookie(COOKIE, session_id, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return answer
