"""What an edit comes to, worked out before anything is done (docs/panel.md, section 8, EditDomain)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.lifecycle import database_names
from apnscp.opcenter.lifecycle.requests import Given, password_hash, plan_named, take_secrets, values_of
from apnscp.opcenter.lifecycle.safety_switches import Action, switch_effects
from apnscp.opcenter.plans.changes import change_plan, reset
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.services.host_names import HOSTS, follow_rename, host_of
from apnscp.opcenter.services.values import Metadata, masked, without_secrets
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.usage.figures import set_figures, size

DATABASES = ("mysql", "pgsql")
EFFECTS: dict[Action, str] = {
    "block": "existing data is kept, nothing new can be made",
    "resume": "in service again",
    "drop": "all data is dropped",
    "hide": "records are hidden until a provider is set again",
    "show": "records are shown again",
}
"""How messages word what follows from a safety switch."""


@dataclass
class Change:
    """What an edit comes to: the new document, the changed parameters, and a new password hash if there is one."""

    doc: Metadata
    changed: dict[str, dict[str, tuple[Any, Any]]]
    password: str | None = None
    secrets: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.changed or self.password or self.secrets)


def prepare_edit(ctx: Context, account: Site, given: Given, flags: Mapping[str, Any]) -> Change:
    """Work out what an edit would do, without doing it.

    given: values by service and parameter; flags: those of EDIT_FLAGS
    Raises Refused for a value, plan or combination that is not possible.
    """
    values = values_of(ctx, given, account)
    named = "plan" in values.get("siteinfo", {}) or "plan" in flags
    before = str(account.doc["siteinfo"]["plan"])
    plan = plan_named(ctx, values, flags) if named else before
    secrets = take_secrets(values)
    doc = _on_plan(ctx, account, plan, bool(flags.get("reset")), named)
    domain = str(values.get("siteinfo", {}).get("domain", account.domain))
    if domain != account.domain:  # before the values, so that a host name that is given stays as given
        doc = follow_rename(doc, account.domain, domain)
    for service, parameters in values.items():
        doc[service].update(parameters)
    doc["siteinfo"]["plan"] = plan
    _name_databases(ctx, account, doc, values)
    password = password_hash(ctx, secrets, str(doc["siteinfo"]["admin_user"]))
    doc = without_secrets(doc)
    change = Change(doc, differences(account.doc, doc), password, sorted(set(secrets) - {"auth,passwd"}))
    if not flags.get("force"):
        if "aliases" in change.changed:
            check_limits(doc)
        _check_usage(ctx, account, change)
    return change


def report_dry_run(ctx: Context, account: Site, change: Change) -> dict[str, dict[str, Any]]:
    """Report what an edit would change and return it: service to parameter to the new value.

    Prefixes are shown as full host names, the shape of a dry run (docs/panel.md, section 8, EditDomain). Raises Refused
    where the edit itself would: for a name that another account holds.
    """
    records.require_free(ctx.db, change.doc, account.id, account.doc)
    told: dict[str, dict[str, Any]] = {}
    shown = _with_hosts(account.doc), _with_hosts(change.doc)
    for service, parameters in differences(*shown).items():
        for name, (old, new) in parameters.items():
            shown_old, shown_new = (_text(masked(service, name, value)) for value in (old, new))
            ctx.info("%s: %s,%s would change from %s to %s", account.label, service, name, shown_old, shown_new)
            told.setdefault(service, {})[name] = masked(service, name, new)
    for name in change.secrets:
        ctx.info("%s: %s would change", account.label, name)
    for service, action in switch_effects(account.doc, change.doc):
        ctx.info("%s: %s would follow: %s", account.label, service, EFFECTS[action])
    if not told and not change.secrets:
        ctx.info("%s: nothing would change", account.label)
    return told


def differences(old: Metadata, new: Metadata) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Return what differs between two documents: service to parameter to (old, new), services in order."""
    found: dict[str, dict[str, tuple[Any, Any]]] = {}
    for service, parameters in new.items():
        for name, value in parameters.items():
            before = old.get(service, {}).get(name)
            if before != value or type(before) is not type(value):
                found.setdefault(service, {})[name] = (before, value)
    return found


def _on_plan(ctx: Context, account: Site, plan: str, resetting: bool, named: bool) -> Metadata:
    """Return the account's document under a plan, reset to it where that is asked for.

    A plan that was removed stays an account's plan; where its values are needed, those of the default plan stand in.
    """
    plans = plans_of(ctx)
    before = str(account.doc["siteinfo"]["plan"])
    if plan == before and not resetting:
        return {service: dict(parameters) for service, parameters in account.doc.items()}
    known = before in plans.names()
    if resetting and (named or known):
        return reset(account.doc, plans.get(plan), with_plan=named)
    if resetting:
        raise Refused("%s: its plan `%s' no longer exists; name another with siteinfo,plan", account.label, before)
    if not known:
        ctx.warn("%s: its plan `%s' no longer exists; values that equal the default plan's move", account.label, before)
    return change_plan(account.doc, plans.get(before if known else plans.default), plans.get(plan))


def _name_databases(ctx: Context, account: Site, doc: Metadata, given: Metadata) -> None:
    """Name the databases of a service that an edit switches on and says nothing of."""
    for service in DATABASES:
        switched_on = doc[service]["enabled"] and not account.doc[service]["enabled"]
        if switched_on and not {"dbaseadmin", "dbaseprefix"} & set(given.get(service, {})):
            database_names.name_databases(ctx.db, doc, service, account.id)


def check_limits(doc: Metadata) -> None:
    """Raise Refused for more addon domains than aliases,max admits."""
    most, listed = doc["aliases"]["max"], doc["aliases"]["aliases"] or []
    if isinstance(most, int) and isinstance(listed, list) and len(listed) > most:
        raise Refused("aliases,aliases: %d domains are more than aliases,max admits (%d)", len(listed), most)


def _check_usage(ctx: Context, account: Site, change: Change) -> None:
    """Refuse a storage quota below what somebody said the account uses; the flag `force` permits it.

    Derived figures follow the quota and stand in nobody's way.
    """
    touched = {"quota", "units", "enabled"} & set(change.changed.get("diskquota", {}))
    if not touched or not change.doc["diskquota"]["enabled"]:
        return
    limit = size(change.doc["diskquota"]["quota"], str(change.doc["diskquota"]["units"]))
    used = set_figures(ctx.db, account.id).get("storage", 0) * 1024
    if limit is not None and limit < used:
        raise Refused(
            "diskquota,quota: %s %s is below what %s uses (%d MB); the flag force permits it",
            change.doc["diskquota"]["quota"], change.doc["diskquota"]["units"], account.label, used // 1024**2,
        )  # fmt: skip


def _with_hosts(doc: Metadata) -> Metadata:
    """Return a copy in which prefixes are the full host names they stand for."""
    domain = str(doc["siteinfo"]["domain"])
    shown = {service: dict(parameters) for service, parameters in doc.items()}
    for service, name in HOSTS:
        shown[service][name] = host_of(str(doc[service][name]), domain)
    return shown


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
