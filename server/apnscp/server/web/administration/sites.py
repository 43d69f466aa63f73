"""The list of sites: searched, sorted, a page at a time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.sites import listing
from apnscp.opcenter.sites.listing import Search
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import paging
from apnscp.server.web.administration.paging import SIZE, Pages
from apnscp.server.web.visitors import Gate

COLUMNS = {"domain": "Site", "admin": "Administrator", "plan": "Plan", "invoice": "Invoice", "suspended": "State"}


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/sites``."""

    @app.get("/sites")
    def sites() -> Response:
        visitor = gate.administrator()
        query = _query()
        search = Search(query.get("q", ""), query.get("plan", ""), query.get("state", ""), query.get("invoice", ""))
        number = paging.asked()
        with View(gate.panel.engine) as view:
            down, sort = query.get("order") == "down", query.get("sort", "domain")
            found = listing.page(view.db, search, sort=sort, down=down, at=paging.offset(number), size=SIZE)
            plans = sorted({*plans_of(gate.context(view.db, visitor)).names(), *listing.plans_in_use(view.db)})
        facts = {"sites": [_facts(row) for row in found.rows], "total": found.total}
        pages = Pages(number, found.total, query)
        heads = [_head(name, label, query) for name, label in COLUMNS.items()]
        return frame.page("administration/sites.html", facts, search=search, plans=plans, pages=pages, heads=heads)


def _query() -> dict[str, str]:
    """Return what the address asks for, without what is empty or cannot be."""
    given = {name: request.args.get(name, "").strip() for name in ("q", "plan", "state", "invoice", "sort", "order")}
    if given["state"] not in listing.STATES:
        given["state"] = ""
    if given["sort"] not in listing.SORTS:
        given["sort"] = ""
    return {name: text[:200] for name, text in given.items() if text}


def _head(name: str, label: str, query: dict[str, str]) -> dict[str, Any]:
    """Return the head of a column: its label, the address that sorts by it, and how the list is sorted by it now."""
    chosen = query.get("sort", "domain") == name
    down = chosen and query.get("order") != "down"
    rest = {key: text for key, text in query.items() if key not in ("sort", "order")}
    address = "/sites?" + urlencode({**rest, "sort": name, **({"order": "down"} if down else {})})
    present = ("descending" if query.get("order") == "down" else "ascending") if chosen else None
    return {"label": label, "address": address, "sorted": present}


def _facts(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "revision": row.revision,
        "domain": row.domain,
        "admin": row.admin_user,
        "plan": row.plan,
        "invoice": row.invoice,
        "parent_invoice": row.parent_invoice,
        "suspended_at": row.suspended_at,
        "reason": row.suspended_reason,
    }
