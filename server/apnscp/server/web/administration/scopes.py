"""The scopes: switches of the whole server, with default, meaning and present value; changed by ``scope:set``."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.scopes.catalogue import SCOPES, Scope
from apnscp.opcenter.settings import rules
from apnscp.opcenter.settings.config import same
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import calls, setting_values
from apnscp.server.web.administration.site import to
from apnscp.server.web.visitors import Gate, plain

CONFIG = "cp.config"
SEVERAL = frozenset({"keyed", "variables", "backends", "channels", "scores"})
"""Storages of scopes that take several arguments, such as a name and a value."""
_LISTS = frozenset({"flat-list", "words", "hosts", "ports", "web-ports", "signatures", "address-list", "smart-host"})


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/scopes`` and ``/scopes/NAME``."""

    @app.get("/scopes")
    def scopes() -> Response:
        visitor = gate.administrator()
        text = request.args.get("q", "").strip()
        with View(gate.panel.engine) as view:
            ctx = gate.context(view.db, visitor)
            known = [_facts(ctx, scope) for scope in SCOPES.values() if scope.name != CONFIG]
        found = [each for each in known if _holds(each, text)]
        return frame.page("administration/scopes.html", {"scopes": found, "q": text})

    @app.get("/scopes/<name>")
    def scope(name: str) -> Response:
        return to("/settings") if name == CONFIG else _page(gate, _named(name))

    @app.post("/scopes/<name>")
    def change_scope(name: str) -> Response:
        visitor, found = gate.administrator(), _named(name)
        text = request.form.get("value", "")
        try:
            answer = calls.attempt(visitor, "scope:set", found.name, *_arguments(found, text))
        except Refused as error:
            answer = calls.Answer(refusal=error.text)
        if answer.refusal is not None:
            return _page(gate, found, text, answer.refusal)
        calls.note(answer, f"{found.name} was set")
        return to(f"/scopes/{found.name}")


def _named(name: str) -> Scope:
    if name not in SCOPES:
        abort(404, f"There is no scope `{name}'; the list of scopes names them all")
    return SCOPES[name]


def _arguments(scope: Scope, text: str) -> list[Any]:
    return setting_values.lines(text) if _takes_lines(scope) else [setting_values.sent(scope.rule, text)]


def _takes_lines(scope: Scope) -> bool:
    return scope.storage in SEVERAL or scope.rule.removeprefix("?").split(" ")[0] in _LISTS


def _page(gate: Gate, scope: Scope, text: str | None = None, error: str | None = None) -> Response:
    visitor = gate.administrator()
    with View(gate.panel.engine) as view:
        ctx = gate.context(view.db, visitor)
        facts = _facts(ctx, scope)
        present = "" if scope.storage == "action" else _written(scope, plain(switches.value(ctx, scope.name)))
    shown = {
        "text": present if text is None else text,
        "choices": [] if scope.storage in SEVERAL else setting_values.choices(scope.rule),
        "back": ("/scopes", "Scopes"),
        "title": scope.name,
        "lines": _takes_lines(scope),
    }
    answer = frame.page("administration/setting.html", facts | {"error": error}, **shown)
    answer.status_code = 422 if error else 200
    return answer


def _written(scope: Scope, value: Any) -> str:
    if scope.storage in SEVERAL or scope.append or scope.secret or value is None:
        return ""
    if not _takes_lines(scope):
        return setting_values.written(scope.rule, value)
    return "\n".join(setting_values.for_people(each) for each in (value if isinstance(value, list) else [value]))


def _facts(ctx: Context, scope: Scope) -> dict[str, Any]:
    present = plain(switches.value(ctx, scope.name))
    return {
        "name": scope.name,
        "meaning": scope.info,
        "accepts": rules.wording(scope.rule),
        "default": setting_values.for_people(scope.default),
        "value": setting_values.for_people(present, secret=scope.secret),
        "changed": not same(present, scope.default),
        "fixed": False,
        "scope": None,
        "action": scope.storage == "action",
    }


def _holds(facts: dict[str, Any], text: str) -> bool:
    told = " ".join([facts["name"], facts["meaning"], facts["value"]]).lower()
    return all(word in told for word in text.lower().split())
