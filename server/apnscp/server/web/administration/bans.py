"""The firewall: bans by jail with what is left of each, and the lists that last."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request

from apnscp.core.context import Context
from apnscp.opcenter.firewall import entries
from apnscp.opcenter.firewall.bans import BLACKLIST, IGNORELIST, JAILS, WHITELIST
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import calls
from apnscp.server.web.administration.site import to
from apnscp.server.web.visitors import Gate

MOST = 200
"""Entries of a jail that a page shows; a search finds the others."""
LISTS = {WHITELIST: "let through before anything else", BLACKLIST: "kept out", IGNORELIST: "never banned by a jail"}
_DONE = {"ban": "%s was banned from %s", "unban": "The ban of %s from %s was lifted"}


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/bans`` and what its forms do."""

    @app.get("/bans")
    def bans() -> Response:
        visitor = gate.administrator()
        text = request.args.get("q", "").strip()[:50]
        with View(gate.panel.engine) as view:
            ctx = gate.context(view.db, visitor)
            now, numbers = ctx.clock.unix(), entries.counts(ctx, text)
            jails = [_chain(ctx, name, text, numbers[name], now) for name in JAILS if name in numbers]
            lists = [_chain(ctx, name, text, numbers.get(name, 0), now) for name in LISTS]
            given = [row._asdict() for row in entries.delegated(ctx, text, most=MOST)]
        facts = {"jails": jails, "lists": lists, "delegated": given, "q": text}
        return frame.page("administration/bans.html", facts, names=list(JAILS), meanings=LISTS)

    @app.post("/bans/<action>")
    def change_ban(action: str) -> Response:
        visitor = gate.administrator()
        address, jail = (request.form.get(name, "").strip() for name in ("address", "jail"))
        if action in _DONE:
            calls.note(calls.attempt(visitor, f"rampart:{action}", address, jail), _DONE[action] % (address, jail))
        elif action in (WHITELIST, BLACKLIST):
            mode = request.form.get("mode", "add")
            done = f"{address} was {'put on' if mode == 'add' else 'taken off'} the {action}"
            calls.note(calls.attempt(visitor, f"rampart:{action}", address, mode), done)
        else:
            abort(404, f"There is no action `{action}' on bans")
        return to("/bans")


def _chain(ctx: Context, name: str, text: str, number: int, now: int) -> dict[str, Any]:
    rows = [row._asdict() for row in entries.of(ctx, name, text, most=MOST)]
    return {"name": name, "number": number, "entries": [row | {"left": _left(row["until"], now)} for row in rows]}


def _left(until: int | None, now: int) -> str:
    """Return for how long an entry still holds, in its two largest units."""
    if until is None:
        return "for good"
    rest, words = max(0, until - now), []
    for unit, seconds in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, rest = divmod(rest, seconds)
        if count:
            words.append(f"{count} {unit}")
    return " ".join(words[:2]) or "0 s"
