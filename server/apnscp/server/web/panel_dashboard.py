"""The dashboard of the panel's administrator: its sites, what they use, the last calls, and the jobs that are due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request
from sqlalchemy import Connection

from apnscp.core.clock import Clock
from apnscp.opcenter.lifecycle import jobs
from apnscp.opcenter.sites import listing
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.opcenter.usage import figures
from apnscp.server import journal_reader
from apnscp.server.web import frame
from apnscp.server.web.visitors import Gate, Visitor

ALL = "all"
PAGE = 50
"""Sites on a page."""
LONGEST = 253
CALLS = 10
"""Calls that are shown."""


def page(gate: Gate, visitor: Visitor, known: Mapping[str, Any]) -> Response:
    """Return the dashboard of the panel: the parameters q, state and page choose the sites."""
    word = request.args.get("q", "").strip().replace("\0", "")[:LONGEST]
    state = request.args.get("state", ALL) if request.args.get("state") in listing.STATES else ALL
    number, clock = page_number(request.args.get("page")), visitor.snapshot.clock
    with View(gate.panel.engine) as view:
        found = listing.page(
            view.db, listing.Search(word, state="" if state == ALL else state), at=PAGE * (number - 1), size=PAGE
        )
        totals = listing.totals(view.db)
        told = {
            **known,
            "totals": {"sites": totals.sites, "suspended": totals.suspended, "plans": dict(totals.plans)},
            "sites": rows(view.db, listing.in_full(view.db, found), clock),
            "calls": _calls(view.db),
            "jobs": [each._asdict() for each in jobs.planned(view.db, clock.unix())],
            "found": found.total,
            "page": number,
        }
    pages = max(1, -(-found.total // PAGE))
    return frame.page("dashboard_panel.html", told, word=word, state=state, pages=pages, states=(ALL, *listing.STATES))


def page_number(text: str | None) -> int:
    """Return the number of a page, 1 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text[:7]) == int(text) else 1


def rows(db: Connection, sites: list[Site], clock: Clock) -> list[dict[str, Any]]:
    """Return sites with what they use: storage and transfer in bytes, with their limits, None for no limit."""
    set_figures = figures.set_figures_of(db, [site.id for site in sites])
    return [_row(site, set_figures.get(site.id, {}), clock) for site in sites]


def _row(site: Site, told: Mapping[str, int], clock: Clock) -> dict[str, Any]:
    metadata = site.metadata
    counters = figures.current(figures.derived(site.id, metadata) | dict(told), metadata, clock)
    storage = figures.storage_row(counters, metadata)
    counted = metadata.enabled("bandwidth")
    return {
        "id": f"site{site.id}",
        "domain": site.domain,
        "administrator": site.admin_user,
        "plan": metadata["siteinfo"]["plan"],
        "invoice": metadata.invoice or metadata.parent_invoice,
        "active": not site.is_suspended,
        "storage": storage["qused"] * 1024,
        "storage_limit": storage["qhard"] * 1024 or None,
        "transfer": sum(counters[name] for name in figures.TRANSFER) if counted else 0,
        "transfer_limit": figures.transfer_limit(metadata),
    }


def _calls(db: Connection) -> list[dict[str, Any]]:
    """Return the last calls, newest first."""
    names = ("id", "ts", "command", "site_id", "user", "ms", "outcome")
    entries = journal_reader.entries(db, last=CALLS)
    return [{name: getattr(entry, name) for name in names} for entry in reversed(entries)]
