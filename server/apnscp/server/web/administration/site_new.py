"""Adding a site: its domain, administrator and plan first, then the form over all services, filled from the plan."""

from __future__ import annotations

import json

from flask import Flask, Response, request

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import calls, fields, service_form
from apnscp.server.web.administration.service_form import APART, NAMES, PLAN, Filled
from apnscp.server.web.administration.site import to
from apnscp.server.web.visitors import Gate, Visitor

BUT = APART | NAMES | {PLAN}
CHOSEN = ("domain", "admin", "plan")


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/sites/new``."""

    @app.get("/sites/new")
    def new_site() -> Response:
        visitor = gate.administrator()
        with View(gate.panel.engine) as view:
            ctx = gate.context(view.db, visitor)
            chosen = {name: request.args.get(name, "").strip() for name in CHOSEN}
            if not chosen["domain"] or not chosen["admin"]:
                return _names(ctx, chosen)
            errors = _wrong_names(ctx, chosen)
            return _names(ctx, chosen, errors) if errors else _services(ctx, chosen, Filled())

    @app.post("/sites/new")
    def add_site() -> Response:
        visitor = gate.administrator()
        chosen = {name: request.form.get(name, "").strip() for name in CHOSEN}
        filled = service_form.read(request.form, BUT)
        filled.check()
        refusal = None
        if not filled.errors:
            answer = _added(visitor, chosen, filled)
            if answer.refusal is None:
                return _added_site(gate, chosen["domain"], answer)
            refusal = filled.blame(answer.refusal)
        with View(gate.panel.engine) as view:
            return _services(gate.context(view.db, visitor), chosen, filled, refusal)


def _added(visitor: Visitor, chosen: dict[str, str], filled: Filled) -> calls.Answer:
    options = filled.options() | {"siteinfo.plan": chosen["plan"]}
    if request.form.get("password"):
        options["auth.tpasswd"] = request.form["password"]
    flags = {name: True for name in ("notify", "bootstrap") if request.form.get(f"flag-{name}")}
    return calls.attempt(visitor, "admin:add-site", chosen["domain"], chosen["admin"], options, flags)


def _added_site(gate: Gate, domain: str, answer: calls.Answer) -> Response:
    with View(gate.panel.engine) as view:
        site_id = find_one(view.db, domain)
    calls.note(answer, f"{domain} was added")
    return to(f"/sites/{site_id}" if site_id else "/sites")


def _wrong_names(ctx: Context, chosen: dict[str, str]) -> dict[str, str]:
    """Return what is wrong with what a site begins with, by the name of the input."""
    known = service_form.editable(())
    asked = {"domain": "siteinfo,domain", "admin": "siteinfo,admin_user"}
    found = {name: fields.problem(known[address], chosen[name]) for name, address in asked.items()}
    errors = {name: text for name, text in found.items() if text}
    if "domain" not in errors and find_one(ctx.db, chosen["domain"]) is not None:
        errors["domain"] = "another site has this domain"
    if chosen["plan"] not in plans_of(ctx):
        errors["plan"] = "there is no such plan"
    return errors


def _names(ctx: Context, chosen: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    plans = plans_of(ctx)
    facts = {"chosen": chosen | {"plan": chosen["plan"] or plans.default}, "errors": errors or {}}
    answer = frame.page("administration/site_new.html", facts, plans=plans.names())
    answer.status_code = 422 if errors else 200
    return answer


def _services(ctx: Context, chosen: dict[str, str], filled: Filled, error: str | None = None) -> Response:
    plans = plans_of(ctx)
    if chosen["plan"] not in plans:
        raise Refused("There is no plan `%s'; there are %s", chosen["plan"], ", ".join(plans.names()))
    plan = plans.get(chosen["plan"])
    base = json.dumps(service_form.texts_of(plan, BUT), ensure_ascii=False)
    facts = {"chosen": chosen, "error": error, "errors": filled.errors}
    groups = service_form.groups(plan, plan, filled, BUT)
    answer = frame.page("administration/site_new_services.html", facts, groups=groups, base=base)
    answer.status_code = 422 if error or filled.errors else 200
    return answer
