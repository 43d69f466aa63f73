"""Editing a site: the form over all services, what the edit would do, and the edit itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request

from apnscp.core.context import Context
from apnscp.opcenter.plans.library import Plans, plans_of
from apnscp.opcenter.services.values import Values
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import calls, conflicts, dry_runs, found_sites, service_form
from apnscp.server.web.administration.conflicts import Conflict
from apnscp.server.web.administration.dry_runs import DryRun
from apnscp.server.web.administration.service_form import PLAN, Filled
from apnscp.server.web.administration.site import site_facts, to
from apnscp.server.web.visitors import Gate, Visitor

FLAGS = ("reset", "force", "backup")
NOTHING = "Nothing was changed in the form"


@dataclass
class Edit:
    """An edit in the making: the site as it is now, what the form asks for, and what the page has to tell.

    revision: of the site when the form was made
    """

    site: Site
    revision: int
    filled: Filled
    flags: tuple[str, ...] = ()
    error: str | None = None
    dry_run: DryRun | None = None
    conflict: Conflict | None = None

    @property
    def options(self) -> dict[str, Any]:
        """Return the options of the call."""
        return self.filled.options()

    @property
    def is_empty(self) -> bool:
        """Tell whether the form asks for nothing."""
        return not self.options and "reset" not in self.flags

    def mark(self, gate: Gate) -> str:
        """Return what stands for just this edit, for the page that shows what it would do."""
        asked = json.dumps([self.site.id, self.revision, self.options, self.flags], sort_keys=True)
        return gate.panel.secret.digest(f"edit {asked}")


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/sites/SITE/edit``."""

    @app.get("/sites/<name>/edit")
    def edit_form(name: str) -> Response:
        visitor = gate.administrator()
        with View(gate.panel.engine) as view:
            site = found_sites.named(view.db, name)
            return _page(gate.context(view.db, visitor), Edit(site, site.revision, Filled()))

    @app.post("/sites/<name>/edit")
    def edit_site(name: str) -> Response:
        visitor = gate.administrator()
        with View(gate.panel.engine) as view:
            edit = _read(found_sites.named(view.db, name))
        if request.form.get("action") == "save" and request.form.get("previewed") == edit.mark(gate):
            if _saved(visitor, edit):
                return to(f"/sites/{edit.site.id}")
        else:
            _preview(visitor, edit)
        with View(gate.panel.engine) as view:
            edit.site = found_sites.named(view.db, name)
            if edit.site.revision != edit.revision:
                _merge(edit)
            return _page(gate.context(view.db, visitor), edit, edit.mark(gate) if edit.dry_run else "")


def _read(site: Site) -> Edit:
    form = request.form
    revision = form.get("revision", "")
    known = int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 12 else -1
    flags = tuple(name for name in FLAGS if form.get(f"flag-{name}"))
    return Edit(site, known, service_form.read(form), flags)


def _preview(visitor: Visitor, edit: Edit) -> None:
    """Find out what the edit would do, or what is wrong with it."""
    edit.filled.check()
    if edit.filled.errors:
        return
    if edit.is_empty:
        edit.error = NOTHING
        return
    flags = dict.fromkeys(("dry-run", *edit.flags), True)
    answer = calls.edit_if_unchanged(visitor, edit.site.id, edit.revision, edit.options, flags)
    if answer.refusal is None:
        edit.dry_run = dry_runs.read(answer.messages)
    else:
        edit.error = edit.filled.blame(answer.refusal)


def _saved(visitor: Visitor, edit: Edit) -> bool:
    """Carry the edit out; tell whether it was."""
    flags = dict.fromkeys(edit.flags, True)
    answer = calls.edit_if_unchanged(visitor, edit.site.id, edit.revision, edit.options, flags)
    if answer.refusal is None:
        calls.note(answer, f"{edit.site.label} was changed")
        return True
    edit.error = edit.filled.blame(answer.refusal)
    return False


def _merge(edit: Edit) -> None:
    """Go on from the site as it is now, keeping what the user wrote, and tell what changed meanwhile."""
    edit.conflict = conflicts.of(edit.filled, edit.site)
    edit.filled = conflicts.merged(edit.filled, edit.site)
    edit.revision, edit.dry_run, edit.error = edit.site.revision, None, None


def _page(ctx: Context, edit: Edit, previewed: str = "") -> Response:
    plans, site = plans_of(ctx), edit.site
    facts = {
        "site": site_facts(site),
        "options": edit.options if edit.dry_run else {},
        "error": edit.error,
        "errors": edit.filled.errors,
        "changes": [vars(line) for line in edit.dry_run.lines] if edit.dry_run else [],
    }
    base = json.dumps(service_form.texts_of(site.metadata), ensure_ascii=False)
    shown = {
        "groups": service_form.groups(site.metadata, planned(plans, site.metadata.plan), edit.filled),
        "plans": sorted({*plans.names(), site.metadata.plan}),
        "chosen_plan": edit.filled.texts.get(PLAN, site.metadata.plan),
    }
    answer = frame.page("administration/site_edit.html", facts, edit=edit, base=base, previewed=previewed, **shown)
    if edit.conflict is not None:
        answer.status_code = 409
    elif edit.error or edit.filled.errors:
        answer.status_code = 422
    return answer


def planned(plans: Plans, name: str) -> Values:
    """Return the values of a plan; those of the default plan where it no longer exists."""
    return plans.get(name if name in plans else plans.default)
