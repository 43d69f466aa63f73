"""The plans: what each sets over its base, and the difference of any two."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.plans.library import SKELETON, Plans, plans_of
from apnscp.opcenter.services.catalogue import SERVICES
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.sites import listing
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import fields
from apnscp.server.web.visitors import Gate


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/plans``."""

    @app.get("/plans")
    def plans() -> Response:
        visitor = gate.administrator()
        with View(gate.panel.engine) as view:
            ctx = gate.context(view.db, visitor)
            first, second = (request.args.get(name, "").strip() for name in ("first", "second"))
            difference = _difference(plans_of(ctx), first, second) if first and second else None
            facts = {"plans": _facts(ctx), "first": first, "second": second, "difference": difference}
        return frame.page("administration/plans.html", facts)


def _facts(ctx: Context) -> list[dict[str, Any]]:
    """Return every plan that there is, and those that sites still have although they were removed."""
    plans, used = plans_of(ctx), listing.plans_in_use(ctx.db)
    gone = [{"name": name, "sites": used[name], "gone": True} for name in used if name not in plans]
    return [_plan(plans, name, used.get(name, 0)) for name in plans.names()] + gone


def _plan(plans: Plans, name: str, sites: int) -> dict[str, Any]:
    base = SKELETON if name == plans.default else plans.default
    facts: dict[str, Any] = {
        "name": name,
        "base": base,
        "default": name == plans.default,
        "sites": sites,
        "gone": False,
    }
    try:
        under, own = plans.get(base), plans.own(name)
    except Refused as error:
        return facts | {"error": error.text, "sets": []}
    sets = [
        _row(service, parameter, under[service][parameter], value)
        for service, values in own.items()
        for parameter, value in values.items()
    ]
    return facts | {"error": None, "sets": sets}


def _difference(plans: Plans, first: str, second: str) -> dict[str, Any]:
    try:
        found = plans.diff(first, second)
    except Refused as error:
        return {"error": error.text, "rows": []}
    return {"error": None, "rows": [_row(*each) for each in found]}


def _row(service: str, name: str, before: StoredValue, after: StoredValue) -> dict[str, Any]:
    parameter = SERVICES[service].parameters[name]
    return {
        "name": parameter.address,
        "meaning": parameter.meaning,
        "before": fields.for_people(parameter, before),
        "after": fields.for_people(parameter, after),
        "same": before == after,
    }
