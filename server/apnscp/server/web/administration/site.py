"""One site: facts, usage and suspension; suspend, activate, delete it, set its password."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, redirect, request
from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.opcenter.sites import suspension
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.opcenter.usage import reports
from apnscp.opcenter.users.tables import user_table
from apnscp.server.web import frame
from apnscp.server.web.administration import calls, found_sites
from apnscp.server.web.administration.calls import Answer
from apnscp.server.web.visitors import Gate, Visitor

MOST_USERS = 200
WORD = "The word of confirmation is not the domain of the site; nothing was deleted"


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/sites/SITE`` and what its forms do."""

    @app.get("/sites/<name>")
    def site(name: str) -> Response:
        visitor = gate.administrator()
        with View(gate.panel.engine) as view:
            found = found_sites.named(view.db, name)
            ctx = gate.context(view.db, visitor)
            facts, usage, users = site_facts(found), _usage(ctx, found), _users(ctx, found)
        shown = {"users": users, "templates": templates(), "visible": suspension.visible(found.reason)}
        return frame.page("administration/site.html", {**facts, "usage": usage}, **shown)

    @app.post("/sites/<name>/suspend")
    def suspend(name: str) -> Response:
        visitor, found = _asked(gate, name)
        return _done(
            found, calls.attempt(visitor, "admin:deactivate-site", f"site{found.id}", suspend_flags()), "suspended"
        )

    @app.post("/sites/<name>/activate")
    def activate(name: str) -> Response:
        visitor, found = _asked(gate, name)
        return _done(found, calls.attempt(visitor, "admin:activate-site", f"site{found.id}"), "activated")

    @app.post("/sites/<name>/password")
    def password(name: str) -> Response:
        visitor, found = _asked(gate, name)
        options = {"auth.tpasswd": request.form.get("password", "")}
        return _done(
            found, calls.attempt(visitor, "admin:edit-site", f"site{found.id}", options), "given a new password"
        )

    @app.post("/sites/<name>/delete")
    def delete(name: str) -> Response:
        visitor, found = _asked(gate, name)
        if request.form.get("word", "").strip().lower() != found.domain:
            return _done(found, Answer(refusal=WORD), "")
        answer = calls.attempt(visitor, "admin:delete-site", f"site{found.id}")
        if answer.refusal is not None:
            return _done(found, answer, "")
        calls.note(answer, f"{found.label} was deleted")
        return to("/sites")


def to(path: str) -> Response:
    """Send the browser to another page after a form was carried out."""
    return redirect(path, 303)  # type: ignore[return-value]


def suspend_flags() -> dict[str, str]:
    """Return the flags of a suspension that a form asks for."""
    given = {name: request.form.get(name, "").replace("\r\n", "\n").strip() for name in ("reason", "template")}
    return {name: text for name, text in given.items() if text}


def templates() -> list[str]:
    """Return the names of the templates for reasons of suspension."""
    return sorted(path.stem for path in suspension.TEMPLATES.glob("*.txt"))


def site_facts(found: Site) -> dict[str, Any]:
    """Return what the page of a site tells of it."""
    metadata = found.metadata
    return {
        "id": found.id,
        "revision": found.revision,
        "domain": found.domain,
        "admin": found.admin_user,
        "email": metadata.email if isinstance(metadata.email, list) else [metadata.email],
        "plan": metadata.plan,
        "invoice": metadata.invoice,
        "parent_invoice": metadata.parent_invoice,
        "created": metadata.created or None,
        "aliases": metadata.aliases,
        "notes": metadata["siteinfo"]["notes"],
        "suspended_at": found.suspended_at,
        "reason": found.reason,
    }


def _usage(ctx: Context, found: Site) -> dict[str, Any]:
    return {field: dict(reports.usage_rows(ctx, field, [f"site{found.id}"])).popitem()[1] for field in reports.FIELDS}


def _users(ctx: Context, found: Site) -> list[str]:
    """Return the people of a site, its administrator first."""
    rows = (
        select(user_table.c.name).where(user_table.c.site_id == found.id).order_by(user_table.c.name).limit(MOST_USERS)
    )
    others = [name for name in ctx.db.execute(rows).scalars() if name != found.admin_user]
    return [found.admin_user, *others]


def _asked(gate: Gate, name: str) -> tuple[Visitor, Site]:
    visitor = gate.administrator()
    with View(gate.panel.engine) as view:
        return visitor, found_sites.named(view.db, name)


def _done(found: Site, answer: Answer, done: str) -> Response:
    calls.note(answer, f"{found.label} was {done}")
    return to(f"/sites/{found.id}")
