"""Several sites at once: suspend, activate, delete them, or change one parameter of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Connection

from apnscp.core.errors import Refused
from apnscp.opcenter.services.values import require
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import View
from apnscp.server.web import frame
from apnscp.server.web.administration import calls, dry_runs, fields, service_form
from apnscp.server.web.administration.calls import Answer
from apnscp.server.web.administration.dry_runs import DryRun
from apnscp.server.web.administration.site import suspend_flags, templates
from apnscp.server.web.visitors import Gate, Visitor

ACTIONS = {"suspend": "Suspend", "activate": "Activate", "delete": "Delete", "edit": "Edit a parameter of"}
WORD = "delete"
MOST = 200
"""Sites that one form may name."""
NONE_CHOSEN = "No site was chosen; go back and tick some"
TOO_MANY = "At most %d sites can be changed at once; you chose %d"
UNKNOWN_ACTION = "Unknown action `%s'; there are %s"


@dataclass(frozen=True)
class Chosen:
    """A site that was chosen, with the revision that it had then."""

    site: Site
    revision: int


@dataclass
class Result:
    """What became, or would become, of one site."""

    site: Site
    refusal: str | None
    messages: Sequence[str] = ()
    dry_run: DryRun | None = None


def add_routes(app: Flask, gate: Gate) -> None:
    """Add ``/sites/many``."""

    @app.post("/sites/many")
    def many_sites() -> Response:
        visitor = gate.administrator()
        action = request.form.get("action", "")
        if action not in ACTIONS:
            raise Refused(UNKNOWN_ACTION, action, ", ".join(ACTIONS))
        with View(gate.panel.engine) as view:
            chosen = _chosen(view.db)
        error = _missing(action) if "step" in request.form else None
        if "step" not in request.form or error:
            return _page(action, chosen, error=error)
        if action == "edit" and request.form.get("previewed") != _mark(gate, chosen):
            return _page(action, chosen, _edited(visitor, chosen, dry_run=True), previewed=_mark(gate, chosen))
        return _page(action, chosen, _carried_out(visitor, action, chosen), done=True)


def _chosen(db: Connection) -> list[Chosen]:
    """Return the sites that a form names as NUMBER:REVISION; those that are gone are left out."""
    given = request.form.getlist("site")
    if not given:
        raise Refused(NONE_CHOSEN)
    if len(given) > MOST:
        raise Refused(TOO_MANY, MOST, len(given))
    pairs = [text.partition(":")[::2] for text in given]
    numbers = {int(one): int(other) for one, other in pairs if _is_number(one) and _is_number(other)}
    found = [(records.find(db, number), revision) for number, revision in numbers.items()]
    return [Chosen(site, revision) for site, revision in found if site is not None]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _missing(action: str) -> str | None:
    """Return what a form still lacks."""
    if action == "delete" and request.form.get("word", "").strip().lower() != WORD:
        return f"Write {WORD} to confirm; nothing was deleted"
    if action != "edit":
        return None
    name = request.form.get("parameter", "").strip().replace(".", ",", 1)
    known = service_form.editable()
    if name not in known:
        try:
            require(*(name.partition(",")[::2]))
        except Refused as error:
            return error.text
        return f"{name} cannot be changed for several sites"
    found = fields.problem(known[name], _value(name))
    return None if found is None else f"{name}: {found}"


def _value(name: str) -> Any:
    return fields.sent(service_form.editable()[name], request.form.get("value", ""))


def _carried_out(visitor: Visitor, action: str, chosen: Sequence[Chosen]) -> list[Result]:
    if action == "edit":
        return _edited(visitor, chosen, dry_run=False)
    method, arguments = {
        "suspend": ("admin:deactivate-site", [suspend_flags()]),
        "activate": ("admin:activate-site", []),
        "delete": ("admin:delete-site", []),
    }[action]
    return [_result(each.site, calls.attempt(visitor, method, f"site{each.site.id}", *arguments)) for each in chosen]


def _edited(visitor: Visitor, chosen: Sequence[Chosen], *, dry_run: bool) -> list[Result]:
    name = request.form["parameter"].strip().replace(".", ",", 1)
    options, flags = {name.replace(",", ".", 1): _value(name)}, {"dry-run": True} if dry_run else {}
    found = []
    for each in chosen:
        answer = calls.edit_if_unchanged(visitor, each.site.id, each.revision, options, flags)
        result = _result(each.site, answer)
        result.dry_run = dry_runs.read(answer.messages) if dry_run and answer.refusal is None else None
        found.append(result)
    return found


def _result(site: Site, answer: Answer) -> Result:
    return Result(site, answer.refusal, [message.text for message in answer.messages])


def _mark(gate: Gate, chosen: Sequence[Chosen]) -> str:
    """Return what stands for just this edit of just these sites."""
    sites = sorted((each.site.id, each.revision) for each in chosen)
    return gate.panel.secret.digest(f"many {sites} {request.form.get('parameter')} {request.form.get('value')!r}")


def _page(
    action: str, chosen: Sequence[Chosen], results: Sequence[Result] = (), *, error: str | None = None,
    previewed: str = "", done: bool = False,
) -> Response:  # fmt: skip
    facts = {
        "action": action,
        "sites": [each.site.domain for each in chosen],
        "error": error,
        "done": done,
        "results": [{"domain": each.site.domain, "refusal": each.refusal} for each in results],
    }
    shown = {"title": ACTIONS[action], "chosen": chosen, "shown_results": results, "previewed": previewed}
    parameters = list(service_form.editable())
    answer = frame.page(
        "administration/many_sites.html",
        facts,
        form=request.form,
        templates=templates(),
        parameters=parameters,
        **shown,
    )
    answer.status_code = 422 if error else 200
    return answer
