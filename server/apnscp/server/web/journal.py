"""The journal: what was called, each call in full, and selections of them as files; for the panel's administrator."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, request

from apnscp.core.errors import Refused
from apnscp.opcenter.store.transactions import reading
from apnscp.server import journal_reader
from apnscp.server.calls import exports, filters
from apnscp.server.calls.forms import forms
from apnscp.server.calls.kept_call import KeptCall, kept_calls
from apnscp.server.calls.layout import laid_out
from apnscp.server.journal_reader import Wanted
from apnscp.server.web import frame
from apnscp.server.web.visitors import Gate

SIZE = 50
"""Calls on a page."""
FIELDS = ("method", "site", "caller", "since", "until")
"""The filters that take a text, by their names in the address."""


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/journal``, ``/journal/NUMBER`` and ``/journal/export``."""
    app.jinja_env.filters |= {"as_json": as_json}

    @app.get("/journal")
    def journal() -> Response:
        gate.administrator()
        chosen = _chosen()
        try:
            facts, shown = _page(gate, chosen)
        except Refused as refusal:
            answer = frame.page("journal.html", _empty(refusal.text), shown=[], **_shown(chosen))
            answer.status_code = 400
            return answer
        return frame.page("journal.html", facts, shown=shown, **_shown(chosen))

    @app.get("/journal/<int:number>")
    def call(number: int) -> Response:
        gate.administrator()
        with reading(gate.panel.engine) as db:
            row = journal_reader.one(db, number)
            if row is None:
                abort(404, f"There is no call {number}; the journal keeps the newest 5,000")
            (found,) = kept_calls(db, [row])
        written = forms(found)
        facts = {**found.all_facts(), "forms": {form.name: form.text for form in written}}
        return frame.page("journal_call.html", facts, call=found, forms_shown=written, envelopes=_envelopes(found))

    @app.get("/journal/export")
    def export() -> Response:
        gate.administrator()
        kind = request.args.get("as", "")
        if kind not in exports.FILES:
            abort(404, f"There is no export `{kind}'; there are {', '.join(exports.FILES)}")
        with reading(gate.panel.engine) as db:
            calls = kept_calls(db, journal_reader.entries(db, _wanted(db, _chosen())))
            text = exports.written(kind, db, calls)
        name, media_type = exports.FILES[kind]
        return Response(
            text, content_type=f"{media_type}; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )  # fmt: skip


def as_json(value: Any) -> str:
    """Return a value for people who read JSON."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _chosen() -> dict[str, str]:
    """Return the filters of the address, without empty ones."""
    found = {name: request.args.get(name, "").strip() for name in FIELDS}
    if request.args.get("faults"):
        found["faults"] = "1"
    return {name: text for name, text in found.items() if text}


def _wanted(db: Any, chosen: dict[str, str]) -> Wanted:
    """Return which calls are wanted: those that are marked, else what the filters leave."""
    marked = request.args.getlist("id", type=int)
    if marked:
        return Wanted(ids=tuple(marked[: journal_reader.MOST]))
    texts = {name: chosen.get(name) for name in FIELDS}
    return filters.wanted(db, **texts, faults="faults" in chosen)


def _page(gate: Gate, chosen: dict[str, str]) -> tuple[dict[str, Any], list[KeptCall]]:
    """Return the facts of a page, and its calls; raises Refused for a filter that names what is not known."""
    before = request.args.get("before", type=int)
    with reading(gate.panel.engine) as db:
        wanted = _wanted(db, chosen)
        rows = journal_reader.page(db, wanted, size=SIZE, before=before)
        total = journal_reader.number(db, wanted)
        calls = kept_calls(db, rows[:SIZE])
    older = f"/journal?{urlencode({**chosen, 'before': calls[-1].id})}" if len(rows) > SIZE else None
    facts = {"calls": [_line(call) for call in calls], "total": total, "older": older, "before": before, "reason": None}
    return facts, calls


def _line(call: KeptCall) -> dict[str, Any]:
    return {
        "id": call.id, "time": call.row.ts, "method": call.method, "arguments": call.row.arguments, "caller": call.caller,
        "gate": call.row.gate, "ms": call.row.ms, "outcome": call.row.outcome,
    }  # fmt: skip


def _empty(reason: str) -> dict[str, Any]:
    return {"calls": [], "total": 0, "older": None, "before": None, "reason": reason}


def _shown(chosen: dict[str, str]) -> dict[str, Any]:
    """Return what the template needs of the filters, and the address that shares them."""
    query = urlencode(chosen)
    return {"chosen": chosen, "here_filtered": f"/journal?{query}" if query else "/journal", "query": query}


def _envelopes(call: KeptCall) -> list[tuple[str, str]]:
    """Return the envelopes for reading, each under a label that says how long it was, and whether it was cut."""
    found = []
    for name, text, size in (
        ("Request", call.request, call.row.request_size), ("Answer", call.response, call.row.response_size)
    ):  # fmt: skip
        if text is not None:
            cut = f", of which the first {len(text):,} characters are kept" if size > len(text.encode()) else ""
            found.append((f"{name}, {size:,} bytes{cut}", laid_out(text)))
    return found
