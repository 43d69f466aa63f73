"""The dashboard of an account: what it is, what it pays for, what it uses, and where else one can go from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import Response

from apnscp.core.context import Context
from apnscp.core.roles import Role
from apnscp.opcenter.sites import addresses
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.opcenter.usage import figures, reports, user_quotas
from apnscp.opcenter.usage.transfer import Ledger
from apnscp.server.web import chart, frame
from apnscp.server.web.apps.catalogue import open_to
from apnscp.server.web.visitors import Gate, Visitor

CYCLES = 12
"""Bandwidth cycles that the chart shows, the running one included."""
METRICS = {
    "invoice": "billing:get-invoice",
    "customer_since": "billing:get-customer-since",
    "package": "billing:get-package-type",
    "payment_method": "billing:get-payment-method",
    "next_payment": "billing:get-next-payment",
    "renewal_link": "billing:get-renewal-link",
}
"""What the billing module tells; what a user may not ask for, or a module refuses, is left out."""


def page(gate: Gate, visitor: Visitor, site: Site, known: Mapping[str, Any]) -> Response:
    """Return the dashboard of an account."""
    told = {**known, "account": _account(site), "billing": billing(visitor, site)}
    with View(gate.panel.engine) as view:
        told["usage"], cycles = usage(gate.context(view.db, visitor), site)
    told["cycles"] = [{"begin": each.begin, "end": each.end, "in": each.received, "out": each.sent} for each in cycles]
    return frame.page("dashboard_account.html", told, chart=chart.of_cycles(cycles), apps=open_to(visitor))


def billing(visitor: Visitor, site: Site) -> dict[str, Any]:
    """Return what the billing module says of the account, and the parent's invoice."""
    if not visitor.caller.role & Role.SITE:
        return {}
    told = {name: visitor.ask(method) for name, method in METRICS.items()}
    if not is_web_address(told["renewal_link"]):
        told["renewal_link"] = None
    payment = told["next_payment"]
    if not isinstance(payment, Mapping) or not isinstance(payment.get("date"), int) or payment["date"] <= 0:
        told["next_payment"] = None
    return {**told, "parent_invoice": site.metadata.parent_invoice}


def is_web_address(link: Any) -> bool:
    """Tell whether a text is an address that a link may lead to: a billing module could say anything."""
    return isinstance(link, str) and urlsplit(link).scheme in ("http", "https")


def usage(ctx: Context, site: Site) -> tuple[dict[str, Any], list[Any]]:
    """Return what a user sees of storage, files and transfer, in bytes and files, and the last cycles, oldest first.

    The account's administrator sees the account's figures, another user the storage that is its own.
    """
    if not ctx.caller.role & Role.SITE:
        return {"storage": user_quotas.rows(ctx, site).get(ctx.caller.user)}, []
    told: dict[str, Any] = {"storage": reports.own_storage(ctx), "bandwidth": None}
    if not site.metadata.enabled("bandwidth"):
        return told, []
    counters = figures.of(ctx.db, site.id, site.metadata, ctx.clock)
    begin, end = figures.cycle(site.metadata, ctx.clock)
    used = sum(counters[name] for name in figures.TRANSFER)
    limit = figures.transfer_limit(site.metadata)
    told["bandwidth"] = {"used": used, "limit": limit, "begin": begin, "end": end}
    return told, Ledger(site.id, site.metadata, counters, ctx.clock).cycles()[-CYCLES:]


def _account(site: Site) -> dict[str, Any]:
    return {
        "administrator": site.admin_user,
        "email": site.metadata["siteinfo"]["email"],
        "addresses": addresses.of_account(site.metadata),
        "created": site.metadata.created,
        "domains": len(site.metadata.hosts),
        "suspended_at": site.suspended_at,
    }
