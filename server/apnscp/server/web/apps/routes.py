"""Opening the apps, and sending their forms."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, redirect, request

from apnscp.core.errors import Aborted, BadArgument, Refused
from apnscp.core.roles import Role
from apnscp.server.web import dashboard, frame, notes
from apnscp.server.web.apps.app import Action, App, Attempt, Request
from apnscp.server.web.apps.catalogue import APPS, DESCRIBED
from apnscp.server.web.visitors import FORBIDDEN, Gate, Visitor

UNKNOWN = "The panel has no app `%s'; the dashboard lists those that it has"
_PEOPLE = {
    Role.ADMIN: "the administrator of the panel",
    Role.SITE: "the administrator of an account",
    Role.USER: "other users of an account",
}
REFUSED = 422
"""Status of a page whose form was refused."""


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/apps/NAME``."""

    @app.get("/apps/<name>")
    def opened(name: str) -> Response:
        visitor = gate.visitor()
        if name in DESCRIBED:
            return _described(visitor, name)
        return _page(gate, visitor, _found(visitor, name))

    @app.post("/apps/<name>")
    def sent(name: str) -> Response:
        visitor = gate.visitor()
        return _sent(gate, visitor, _found(visitor, name))


def _found(visitor: Visitor, name: str) -> App:
    if name not in APPS:
        abort(404, UNKNOWN % name[:64])
    found = APPS[name]
    require_role(visitor, found.opens)
    return found


def require_role(visitor: Visitor, method: str) -> None:
    """Raise Refused unless a user may call a method."""
    if not visitor.may(method):
        raise _forbidden(visitor, visitor.dispatcher.registry.find(method).roles)


def _forbidden(visitor: Visitor, roles: Role) -> Refused:
    people = [name for role, name in _PEOPLE.items() if role & roles]
    return Refused(FORBIDDEN, " and ".join(people), visitor.name)


def _described(visitor: Visitor, name: str) -> Response:
    found = DESCRIBED[name]
    if not found.roles & visitor.caller.role:
        raise _forbidden(visitor, found.roles)
    return frame.page("apps/described.html", dashboard.facts(visitor, name), title=found.title, about=found.about)


def _page(gate: Gate, visitor: Visitor, app: App, attempt: Attempt | None = None) -> Response:
    told: dict[str, Any] = {**dashboard.facts(visitor, app.name), **app.facts(Request(gate, visitor, request.args))}
    may = {name: visitor.may(action.method) for name, action in app.actions.items()}
    answer = frame.page(
        f"apps/{app.name}.html", told, title=app.title, attempt=attempt, may=may, mode=request.args.get("mode", "")
    )
    if attempt is not None:
        answer.status_code = REFUSED
    return answer


def _sent(gate: Gate, visitor: Visitor, app: App) -> Response:
    name, form = request.form.get("action", ""), request.form
    action = app.actions.get(name)
    if action is None:
        abort(400, f"The app {app.name} has no form `{name[:64]}'; it has {', '.join(app.actions) or 'none'}")
    require_role(visitor, action.method)
    try:
        _carry_out(visitor, action)
    except (Aborted, BadArgument, Refused) as error:
        return _page(gate, visitor, app, Attempt(name, form.to_dict(), error.text))
    kept = {key: request.args[key] for key in app.keeps if key in request.args}
    return redirect(f"{request.path}?{urlencode(kept)}".rstrip("?"), 303)  # type: ignore[return-value]


def _carry_out(visitor: Visitor, action: Action) -> None:
    form = request.form.to_dict()
    outcome = visitor.call(action.method, *action.arguments(form))
    notes.leave(action.done.format_map(defaultdict(str, form)), outcome.messages)
