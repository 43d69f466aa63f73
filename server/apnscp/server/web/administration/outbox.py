"""The mails that the panel would have sent."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, abort, request

from apnscp.opcenter.store import outbox_search
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import paging
from apnscp.server.web.administration.paging import SIZE, Pages
from apnscp.server.web.visitors import Gate


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/outbox`` and ``/outbox/NUMBER``."""

    @app.get("/outbox")
    def outbox() -> Response:
        gate.administrator()
        text, number = request.args.get("q", "").strip()[:200], paging.asked()
        with View(gate.panel.engine) as view:
            rows, total = outbox_search.page(view.db, text, at=paging.offset(number), size=SIZE)
        pages = Pages(number, total, {"q": text} if text else {})
        facts = {"mails": [_facts(row) for row in rows], "total": total, "q": text}
        return frame.page("administration/outbox.html", facts, pages=pages)

    @app.get("/outbox/<int:number>")
    def mail(number: int) -> Response:
        gate.administrator()
        with View(gate.panel.engine) as view:
            found = outbox_search.one(view.db, number) if number < 2**63 else None
        if found is None:
            abort(404, f"There is no mail {number} in the outbox; the oldest go as new ones come")
        return frame.page("administration/mail.html", _facts(found) | {"body": found.body})


def _facts(row: Any) -> dict[str, Any]:
    return {"id": row.id, "ts": row.ts, "recipient": row.recipient, "subject": row.subject}
