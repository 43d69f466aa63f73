"""The account switcher: from a parent to the accounts under it and back, to the app that was last seen there."""

from __future__ import annotations

from flask import Response, request

from apnscp.opcenter.access import sign_on
from apnscp.opcenter.access.sign_on import Offer
from apnscp.opcenter.store.transactions import View
from apnscp.server.web.visitors import Gate, Visitor

LAST_SEEN = "apnscp_last_seen"
"""Cookie with the page of the parent that was left for another account."""
_PATH = "/switch"
_LONGEST = 1_000


def offer(gate: Gate, visitor: Visitor) -> Offer:
    """Return where a user may switch to; nowhere for whoever does not administer an account."""
    with View(gate.panel.engine) as view:
        return sign_on.offered(gate.context(view.db, visitor))


def is_way_back(gate: Gate, where: str) -> bool:
    """Tell whether a switch leads back to the parent."""
    visitor = gate.known()
    return visitor is not None and offer(gate, visitor).parent == where


def last_seen() -> str | None:
    """Return the page that the parent left last, as the browser kept it; whoever goes there checks it."""
    return request.cookies.get(LAST_SEEN)


def remember(answer: Response, page: str) -> None:
    """Let the browser keep the page that is left."""
    if len(page) <= _LONGEST:
        answer.set_cookie(LAST_SEEN, page, path=_PATH, httponly=True, samesite="Lax", secure=request.is_secure)


def forget(answer: Response) -> None:
    """Let the browser forget the page."""
    answer.delete_cookie(LAST_SEEN, path=_PATH)
