"""Coming in and going out: sign-in with a password, sign-on by a link, and the way between accounts."""

from __future__ import annotations

from urllib.parse import quote, urlencode, urlsplit

from flask import Flask, Response, g, redirect, render_template, request, url_for

from apnscp.core.context import Context
from apnscp.core.errors import ApnscpError, LockedOut, NotAuthenticated, Refused
from apnscp.core.reporter import Reporter
from apnscp.opcenter.access import logins, sessions, sign_on
from apnscp.opcenter.access.sign_in import check_credentials, sign_in
from apnscp.opcenter.store.transactions import View, writing
from apnscp.server.web import frame, switcher
from apnscp.server.web.visitors import COOKIE, FOREIGN_GATE, Gate, credentials, session_id

HOME = "/apps/dashboard"

given = credentials


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/login``, ``/logout`` and ``/switch`` to the pages, and what lands sign-ons on any page."""

    @app.get("/login")
    def login() -> str:
        return _form(None)

    @app.post("/login")
    def enter() -> Response:
        try:
            fresh = _signed_in(gate)
        except (NotAuthenticated, LockedOut) as error:
            answer = frame.refused(error)
            answer.set_data(_form(error.text))
            answer.mimetype = "text/html"
            return answer
        return with_cookie(_to(local(request.form.get("next"))), fresh)

    @app.post("/logout")
    def leave() -> Response:
        with writing(gate.panel.engine) as db:
            sessions.delete(db, gate.panel.secret, session_id() or "")
        answer = _to(url_for("login"))
        answer.delete_cookie(COOKIE, path="/")
        return answer

    @app.post("/switch")
    def switch() -> Response:
        where, back = request.form.get("to", ""), switcher.is_way_back(gate, request.form.get("to", ""))
        fresh = switched(gate, session_id() or "", where)
        answer = _to(local(request.form.get("next") or (switcher.last_seen() if back else None)))
        if back:
            switcher.forget(answer)
        else:
            switcher.remember(answer, local(request.form.get("seen")))
        return with_cookie(answer, fresh)

    @app.after_request
    def keep_landed(answer: Response) -> Response:
        return with_cookie(answer, g.landed) if "landed" in g else answer

    @app.before_request
    def land() -> Response | None:
        return _landed(gate) if request.method == "GET" and request.args.get(COOKIE) else None


def local(path: str | None) -> str:
    """Return a path of this panel to go on to; the dashboard instead of anything else."""
    if not path or not path.startswith("/") or path.startswith("//") or "\\" in path or not path.isprintable():
        return HOME
    parts = urlsplit(path)
    return HOME if parts.scheme or parts.netloc or parts.path in ("/login", "/logout") else path


def switched(gate: Gate, session: str, where: str) -> str:
    """Enter another account from a session and return the id of the new session; raises ApnscpError.

    where: domain or site id of a subordinate account, or of the parent to go back to
    """
    with View(gate.panel.engine) as view:
        caller, snapshot = gate.authenticator.identify(credentials(session), view)
        with writing(gate.panel.engine, view.opened) as begun:
            return sign_on.switch(Context(gate.panel, begun, caller, Reporter(), snapshot), where)


def with_cookie(answer: Response, session: str) -> Response:
    """Let the browser keep a session."""
    answer.set_cookie(COOKIE, session, path="/", httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def _to(path: str) -> Response:
    return redirect(path, 303)  # type: ignore[return-value]


def _landed(gate: Gate) -> Response | None:
    """Take the session of a sign-on from the address into the cookie, and drop it from the address.

    With ``switch=DOMAIN`` another account is entered first. Only an id in the address may do that: a cookie goes along with
    links that others made. A client that does not ask for HTML, such as curl, may keep no cookies: it gets the page at once.
    """
    session, rest = request.args[COOKIE], request.args.to_dict()
    del rest[COOKIE]
    where = rest.pop("switch", None)
    try:
        with View(gate.panel.engine) as view:
            caller, snapshot = gate.authenticator.identify(credentials(session), view)
        if caller.gate != "UI":
            raise NotAuthenticated(FOREIGN_GATE, caller.gate)
        if where is not None:
            session = switched(gate, session, where)
    except (Refused, ApnscpError) as error:
        return frame.refused(error)
    gate.panel.defer(lambda connection: logins.note(connection, caller, snapshot.clock.unix()))
    if where is None and not frame.is_browser():
        g.landed = session
        return None
    return with_cookie(_to(f"{quote(request.path)}?{urlencode(rest)}".rstrip("?")), session)


def _form(reason: str | None) -> str:
    form = request.form
    return render_template(
        "login.html", reason=reason, user=form.get("user", ""), domain=form.get("domain", ""),
        next=local(request.values.get("next")),
    )  # fmt: skip


def _signed_in(gate: Gate) -> str:
    form = request.form
    name, domain = form.get("user", "").strip(), form.get("domain", "").strip()
    with View(gate.panel.engine) as view:
        caller, snapshot = gate.authenticator.admit(credentials(), view)
        db = view.db
        ctx = Context(gate.panel, db, caller, Reporter(), snapshot)
        try:
            judged = check_credentials(ctx, f"{name}@{domain}" if domain else name, form.get("password", ""))
            with writing(gate.panel.engine, db):
                return sign_in(ctx, judged, form.get("code", ""))
        except NotAuthenticated as error:
            raise gate.authenticator.failed(caller.ip, snapshot, error) from None
