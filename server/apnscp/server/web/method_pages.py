"""The module index: every method, how it is called, and a form to call it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flask import Flask, Response, abort, render_template, request
from markupsafe import Markup, escape

from apnscp.core.errors import UnknownMethod
from apnscp.opcenter.access.privileges import may_call
from apnscp.server.web import frame, method_examples, method_index, try_it
from apnscp.server.web.method_index import Method, Module
from apnscp.server.web.visitors import Gate, Visitor
from apnscp.wire.cpcmd.notation_reader import NotationError

FOUND = 60
"""Methods that a search shows."""
PART = "X-Page-Part"
"""Header by which a script asks for the results of a search and not for the page around them."""
_CODE = re.compile(r"(`+)([^`]+)\1")
FILTERS = {"all": "all methods", "mine": "those that you may call", "emulated": "those that are emulated"}


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/modules``, and a page for each module and method under it."""
    app.jinja_env.filters["documentation"] = documentation

    @app.get("/modules")
    def index() -> Response:
        visitor = gate.visitor()
        facts = _searched(visitor, request.args.get("q", "").strip()[:200], request.args.get("show", "all"))
        if request.headers.get(PART):
            return Response(render_template("method_results.html", **facts), mimetype="text/html")
        return frame.page("modules.html", facts, filters=FILTERS)

    @app.get("/modules/<module>")
    def of_module(module: str) -> Response:
        visitor = gate.visitor()
        found = method_index.all_modules(gate.dispatcher.registry).get(module) or abort(
            404, f"There is no module `{module}'"
        )
        facts = _module(found) | {"methods": _rows(visitor, found.methods)}
        return frame.page("module.html", facts)

    @app.get("/modules/<module>/<method>")
    def of_method(module: str, method: str) -> Response:
        visitor, found = gate.visitor(), _required(gate, module, method)
        return _page(visitor, found, _example_values(found) if request.args.get("fill") == "example" else {})

    @app.post("/modules/<module>/<method>")
    def called(module: str, method: str) -> Response:
        visitor, found = gate.visitor(), _required(gate, module, method)
        typed = {name: text for name, text in request.form.items() if name.startswith(try_it.PREFIX)}
        try:
            given = try_it.read(found.command, typed)
        except NotationError as error:
            return _page(visitor, found, typed, problem=str(error))
        origin = request.host_url.rstrip("/")
        done = try_it.attempt(visitor, found.command, given, origin)
        return _page(visitor, found, typed, attempt=done)


def documentation(text: str) -> Markup:
    """Return a text of the documentation for a page: what stands between backticks is code."""
    return Markup(_CODE.sub(r"<code>\2</code>", str(escape(text))))  # escaped before


def _required(gate: Gate, module: str, name: str) -> Method:
    try:
        found = method_index.method(gate.dispatcher.registry, f"{module}:{name}")
    except UnknownMethod:
        abort(404, f"There is no method `{module}:{name}'")
    return found


def _searched(visitor: Visitor, words: str, show: str) -> dict[str, Any]:
    listed = method_index.all_modules(visitor.dispatcher.registry).values()
    methods = [method for module in listed for method in module.methods]
    facts: dict[str, Any] = {"q": words, "show": show if show in FILTERS else "all", "known": len(methods)}
    facts["emulated"] = sum(method.command.emulated for method in methods)
    if not words and facts["show"] == "all":
        return facts | {"modules": [_module(module) for module in listed], "methods": [], "found": None}
    among = [method for method in methods if _is_wanted(visitor, method, facts["show"])]
    found = method_index.search(words, among)
    return facts | {"modules": [], "methods": _rows(visitor, found[:FOUND]), "found": len(found)}


def _is_wanted(visitor: Visitor, method: Method, show: str) -> bool:
    if show == "mine":
        return _may(visitor, method)
    return show != "emulated" or method.command.emulated


def _may(visitor: Visitor, method: Method) -> bool:
    return may_call(method.command, visitor.caller, visitor.snapshot.settings)


def _module(module: Module) -> dict[str, Any]:
    return {
        "module": module.name, "about": module.about, "of_module": len(module.methods), "emulated_in_it": module.emulated,
    }  # fmt: skip


def _rows(visitor: Visitor, methods: Iterable[Method]) -> list[dict[str, Any]]:
    return [_row(visitor, method) for method in methods]


def _row(visitor: Visitor, method: Method) -> dict[str, Any]:
    return {
        "name": method.name, "path": method.path, "signature": method.signature, "summary": method.summary,
        "roles": method.roles, "emulated": method.command.emulated, "deprecated": method.command.deprecated,
        "callable": _may(visitor, method),
    }  # fmt: skip


def _example_values(method: Method) -> dict[str, str]:
    """Return what the form is filled with from the example of a method; what depends on other calls stays empty."""
    example = method_examples.of_method(method.command)
    if example is None or example.values is None:
        return {}
    return try_it.typed(method.command, example.values)


def _page(
    visitor: Visitor, method: Method, typed: dict[str, str], *, attempt: try_it.Attempt | None = None,
    problem: str | None = None,
) -> Response:  # fmt: skip
    command, example = method.command, method_examples.of_method(method.command)
    facts = _row(visitor, method) | {
        "module": command.module, "about": list(method.about),
        "parameters": [vars(each) for each in method.parameters],
        "changes": command.mode == "write" and command.emulated,
        "attempt": asdict(attempt) if attempt else None, "problem": problem,
    }  # fmt: skip
    secret = {try_it.PREFIX + parameter.name for parameter in command.parameters if parameter.type.secret}
    refilled = {name: text for name, text in typed.items() if name not in secret}
    return frame.page("method.html", facts, fields=try_it.fields(command), example=example, typed=refilled)
