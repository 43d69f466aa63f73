"""Dev > API Keys: the keys of an account or of the panel, for its administrators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Flask, Response, abort, redirect, request
from sqlalchemy import Row

from apnscp.core.errors import Aborted, Refused
from apnscp.core.registry import Command
from apnscp.core.roles import Role
from apnscp.opcenter.access import inherited_rules, key_rules, keys
from apnscp.opcenter.access.keys import Rules
from apnscp.opcenter.access.privileges import may_call
from apnscp.opcenter.store.transactions import reading, writing
from apnscp.server.dispatch import Outcome
from apnscp.server.web import frame, key_forms, method_examples
from apnscp.server.web.client_lines import Line, Sender, lines
from apnscp.server.web.visitors import FORBIDDEN, Gate, Visitor

DONE = {
    "comment": "The comment was changed.",
    "deleted": "The key was deleted; the sessions that it opened have ended.",
}
"""What a page says after a form."""
TRIED = ("common_whoami", "admin_get_domains", "misc_list_commands", "auth_session_info")
"""Calls that show a new key at work; the first that it may make."""


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/keys`` and a page for each key under it."""

    @app.get("/keys")
    def listed() -> Response:
        return _listing(gate, _keeper(gate), {}, None)

    @app.post("/keys")
    def made() -> Response:
        visitor, typed = _keeper(gate), key_forms.typed(request.form)
        try:
            key, rules, messages = make(gate, visitor, typed)
        except Refused as error:
            return _listing(gate, visitor, typed, error.text)
        return _made(visitor, typed, key, rules, messages)

    @app.get("/keys/<int:number>")
    def shown(number: int) -> Response:
        row, _ = _own(gate, _keeper(gate), number)
        return frame.page("key.html", {"key": row})

    @app.post("/keys/<int:number>")
    def commented(number: int) -> Response:
        visitor = _keeper(gate)
        row, key = _own(gate, visitor, number)
        _called(visitor, "auth:set-api-key-comment", key, request.form.get("comment", "").strip(), row["owner"])
        return redirect("/keys?done=comment", 303)  # type: ignore[return-value]

    @app.get("/keys/<int:number>/delete")
    def asked(number: int) -> Response:
        row, _ = _own(gate, _keeper(gate), number)
        return frame.page("key_delete.html", {"key": row})

    @app.post("/keys/<int:number>/delete")
    def deleted(number: int) -> Response:
        visitor = _keeper(gate)
        row, key = _own(gate, visitor, number)
        _called(visitor, "auth:delete-api-key", key, row["owner"])
        return redirect("/keys?done=deleted", 303)  # type: ignore[return-value]


def make(gate: Gate, visitor: Visitor, typed: Mapping[str, str]) -> tuple[str, Rules, list[str]]:
    """Make a key with rules and return it, its rules, and what was said about it.

    The method makes it with the rules of the key behind the session; further ones are added before anybody has seen it.
    Raises Refused for rules that are none or that would widen what the session may do, and what the method raises.
    """
    wanted = key_forms.rules(typed, visitor.snapshot.clock.now())
    with reading(gate.panel.engine) as db:
        inherited = keys.rules_of(db, visitor.caller.key_id)
    rules = inherited_rules.narrowed(inherited, wanted)
    outcome = _called(visitor, "auth:create-api-key", typed["comment"], typed["user"] or None)
    key: str = outcome.value
    if rules != inherited:
        try:
            _limit(gate, key, rules)
        except BaseException:
            _called(visitor, "auth:delete-api-key", key, typed["user"] or None)
            raise
    return key, rules, [message.text for message in outcome.messages]


def _called(visitor: Visitor, method: str, *arguments: Any) -> Outcome[Any]:
    """Call a method; raises Refused for what it refuses, which pages show beside the form."""
    try:
        return visitor.call(method, *arguments)
    except Aborted as error:
        raise Refused(error.text) from error


def _limit(gate: Gate, key: str, rules: Rules) -> None:
    with writing(gate.panel.engine) as db:
        row = keys.named(db, gate.panel.secret, key)
        if row is not None:
            keys.change(db, row.id, **vars(rules))


def _keeper(gate: Gate) -> Visitor:
    """Return who is signed on, when that is an administrator of the panel or of an account; raises Refused for others."""
    visitor = gate.visitor()
    if not visitor.caller.role & (Role.ADMIN | Role.SITE):
        raise Refused(FORBIDDEN, "administrators of the panel and of accounts", visitor.name)
    return visitor


def _rows(gate: Gate, visitor: Visitor) -> list[tuple[dict[str, Any], str]]:
    """Return the keys that the user decides over, each with the whole key; asking the method applies its rules."""
    _called(visitor, "auth:get-api-keys")
    with reading(gate.panel.engine) as db:
        rows = keys.of_site(db, visitor.caller.site_id)
    whole = [(row, gate.panel.secret.unseal(row.sealed)) for row in rows]
    now = visitor.snapshot.clock.now()
    return [(_facts(row, key, now), key) for row, key in whole if key is not None]


def _facts(row: Row[Any], key: str, now: float) -> dict[str, Any]:
    return {
        "number": row.id, "start": key[: len(key) // 8], "owner": row.user, "comment": row.comment,
        "created": row.created, "last_used": row.last_used, "expires": row.expires,
        "ended": row.expires is not None and row.expires <= now, "addresses": row.addresses, "commands": row.commands,
    }  # fmt: skip


def _own(gate: Gate, visitor: Visitor, number: int) -> tuple[dict[str, Any], str]:
    for facts, key in _rows(gate, visitor):
        if facts["number"] == number:
            return facts, key
    abort(404, "There is no such API key among yours")


def _listing(gate: Gate, visitor: Visitor, typed: Mapping[str, str], problem: str | None) -> Response:
    rows = [facts for facts, _ in _rows(gate, visitor)]
    answer = frame.page(
        "keys.html", {"keys": rows, "problem": problem}, typed=typed, profiles=key_rules.PROFILES,
        done=DONE.get(request.args.get("done", "")), owners=len({row["owner"] for row in rows}) > 1,
    )  # fmt: skip
    answer.status_code = 400 if problem else 200
    return answer


def _made(visitor: Visitor, typed: Mapping[str, str], key: str, rules: Rules, messages: list[str]) -> Response:
    facts = {"key": key, "comment": typed["comment"], "messages": messages, **vars(rules)}
    shown = _lines(visitor, key, rules, typed["user"])
    return frame.page("key_made.html", facts, lines=shown, secure=request.is_secure)


def _lines(visitor: Visitor, key: str, rules: Rules, user: str) -> list[Line]:
    """Return a call that the key may make, in every language; none for a key that may call nothing."""
    own = not user or user.lower() == visitor.caller.user
    role = visitor.caller.role if own or visitor.is_admin else Role.USER
    caller = replace(visitor.caller, role=role, commands=rules.commands)
    known = visitor.dispatcher.registry.emulated()
    allowed = [command for command in known if may_call(command, caller, visitor.snapshot.settings)]
    found = min(allowed, key=_order, default=None)
    if found is None:
        return []
    example = method_examples.of_method(found)
    values = [] if _takes_nothing(found) or example is None else [*(example.values or ())]
    return lines(Sender(request.host_url.rstrip("/"), key), found, values)


def _order(command: Command) -> tuple[int, bool, bool, str]:
    """Return how good a call is to show a key at work: known, without arguments, changing nothing."""
    place = TRIED.index(command.name) if command.name in TRIED else len(TRIED)
    return place, not _takes_nothing(command), command.mode == "write", command.name


def _takes_nothing(command: Command) -> bool:
    return not any(parameter.required for parameter in command.parameters)
