"""The settings of config.ini: default, what each accepts, present value; changed as ``scope:set cp.config`` does."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request

from apnscp.core.errors import Refused
from apnscp.core.panel_settings import PanelSettings
from apnscp.opcenter.settings import rules
from apnscp.opcenter.settings.config import KEYS, Key, same
from apnscp.opcenter.settings.meanings import MEANINGS
from apnscp.server.web import frame
from apnscp.server.web.administration import calls, setting_values
from apnscp.server.web.administration.site import to
from apnscp.server.web.visitors import Gate


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/settings`` and ``/settings/SECTION.KEY``."""

    @app.get("/settings")
    def settings() -> Response:
        visitor = gate.administrator()
        text = request.args.get("q", "").strip()
        changed = request.args.get("changed") == "1"
        known = [_facts(key, visitor.snapshot.settings) for key in KEYS.values()]
        found = [each for each in known if _holds(each, text) and (each["changed"] or not changed)]
        return frame.page("administration/settings.html", {"settings": found, "q": text, "changed_only": changed})

    @app.get("/settings/<name>")
    def setting(name: str) -> Response:
        return _page(gate, _named(name))

    @app.post("/settings/<name>")
    def change_setting(name: str) -> Response:
        visitor, key = gate.administrator(), _named(name)
        section, _, rest = key.name.partition(".")
        text = request.form.get("value", "")
        try:
            value = key.default if request.form.get("action") == "reset" else setting_values.sent(_rule(key), text)
            answer = calls.attempt(visitor, "scope:set", "cp.config", section, rest, value)
        except Refused as error:
            answer = calls.Answer(refusal=error.text)
        if answer.refusal is not None:
            return _page(gate, key, text, answer.refusal)
        calls.note(answer, f"{key.name} was set")
        return to(f"/settings/{key.name}")


def _named(name: str) -> Key:
    if name not in KEYS:
        abort(404, f"There is no setting `{name}'; the list of settings names them all")
    return KEYS[name]


def _page(gate: Gate, key: Key, text: str | None = None, error: str | None = None) -> Response:
    known = gate.administrator().snapshot.settings
    facts = _facts(key, known)
    shown = {
        "text": setting_values.written(_rule(key), _present(key, known), secret=key.secret) if text is None else text,
        "choices": setting_values.choices(_rule(key)),
        "back": ("/settings", "Settings"),
        "title": f"[{key.name.partition('.')[0]}] {key.name.partition('.')[2]}",
        "lines": False,
    }
    answer = frame.page("administration/setting.html", facts | {"error": error}, **shown)
    answer.status_code = 422 if error else 200
    return answer


def _rule(key: Key) -> str:
    return key.rule or rules.rule_of(key.default)


def _present(key: Key, known: PanelSettings) -> Any:
    return known.get(key.protected, known[key.name])


def _default(key: Key, known: PanelSettings) -> Any:
    """Return the default as this server reads it."""
    host = known.text("core.hostname")
    return key.default.replace("${HOSTNAME}", host) if isinstance(key.default, str) else key.default


def _facts(key: Key, known: PanelSettings) -> dict[str, Any]:
    present = _present(key, known)
    scope = key.protected if key.protected not in ("", "yes") else None
    return {
        "name": key.name,
        "meaning": MEANINGS[key.name],
        "accepts": rules.wording(_rule(key)),
        "default": setting_values.for_people(key.default, secret=key.secret),
        "value": setting_values.for_people(present, secret=key.secret),
        "changed": not same(present, _default(key, known)),
        "fixed": key.protected == "yes",
        "scope": scope,
    }


def _holds(facts: dict[str, Any], text: str) -> bool:
    told = " ".join([facts["name"], facts["meaning"], facts["value"]]).lower()
    return all(word in told for word in text.lower().split())
