"""The dashboard: what an account is and uses, or what the panel holds."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response

from apnscp.core.roles import Role
from apnscp.opcenter.sites import suspension
from apnscp.server.web import account_dashboard, frame, panel_dashboard
from apnscp.server.web.visitors import Gate, Visitor


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/apps/dashboard``."""

    @app.get("/apps/dashboard")
    def dashboard() -> Response:
        visitor = gate.visitor()
        known = facts(visitor, "dashboard")
        if visitor.site is not None:
            return account_dashboard.page(gate, visitor, visitor.site, known)
        if visitor.is_admin:
            return panel_dashboard.page(gate, visitor, known)
        return frame.page("dashboard.html", known)


def facts(visitor: Visitor, app: str) -> dict[str, Any]:
    """Return who is signed on, and the state of the account."""
    site, settings = visitor.site, visitor.snapshot.settings
    shown = settings.flag("auth.show_suspension_reason")
    return {
        "app": app,
        "user": visitor.caller.user,
        "role": (visitor.caller.role & Role.ALL).name or "",
        "gate": visitor.caller.gate,
        "site": f"site{site.id}" if site else None,
        "domain": site.domain if site else None,
        "plan": site.metadata["siteinfo"]["plan"] if site else None,
        "active": site.suspended_at is None if site else True,
        "reason": suspension.visible(site.reason) if shown and site and site.suspended_at is not None else None,
    }
