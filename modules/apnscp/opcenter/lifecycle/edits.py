"""What an edit comes to, worked out before anything is done (docs/panel.md, section 8, EditDomain)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.lifecycle import address_pools, names_from_domain
from apnscp.opcenter.lifecycle.requests import (
    Given,
    check_providers,
    password_hash,
    plan_named,
    take_secrets,
    values_of,
)
from apnscp.opcenter.lifecycle.safety_switches import Action, switch_effects
from apnscp.opcenter.plans.changes import change_plan, reset
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.services.host_names import HOSTS, follow_rename, host_of
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import Values, masked, without_secrets
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

    metadata: Metadata
    changed: dict[str, dict[str, tuple[Any, Any]]]
    password: str | None = None
    secrets: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether anything changes."""
        return bool(self.changed or self.password or self.secrets)


def prepare_edit(ctx: Context, site: Site, given: Given, flags: Mapping[str, Any]) -> Change:
    """Work out what an edit would do, without doing it.

    given: values by service and parameter; flags: those of EDIT_FLAGS
    Raises Refused for a value, plan or combination that is not possible.
    """
    values = values_of(ctx, given, site)
    named = "plan" in values.get("siteinfo", {}) or "plan" in flags
    before = site.metadata.plan
    plan = plan_named(ctx, values, flags) if named else before
    secrets = take_secrets(values)
    metadata = _on_plan(ctx, site, plan, bool(flags.get("reset")), named)
    domain = str(values.get("siteinfo", {}).get("domain", site.domain))
    if domain != site.domain:  # before the values, so that a host name that is given stays as given
        metadata = Metadata(follow_rename(metadata, site.domain, domain))
    for service, parameters in values.items():
        metadata[service].update(parameters)
    metadata["siteinfo"]["plan"] = plan
    _name_databases(ctx, site, metadata, values)
    check_providers(ctx, values, metadata)
    address_pools.assign(ctx, metadata, values, site.metadata, dry_run=bool(flags.get("dry-run")))
    password = password_hash(ctx, secrets, metadata.admin_user)
    metadata = Metadata(without_secrets(metadata))
    change = Change(metadata, differences(site.metadata, metadata), password, sorted(set(secrets) - {"auth,passwd"}))
    if not flags.get("force"):
        if "aliases" in change.changed:
            check_limits(metadata)
        _check_usage(ctx, site, change)
    return change


def report_dry_run(ctx: Context, site: Site, change: Change) -> dict[str, dict[str, Any]]:
    """Report what an edit would change and return it: service to parameter to the new value.

    Prefixes are shown as full host names, the shape of a dry run (docs/panel.md, section 8, EditDomain). Raises Refused
    where the edit itself would: for a name that another account holds.
    """
    records.require_free(ctx, change.metadata, site.id, site.metadata)
    told: dict[str, dict[str, Any]] = {}
    shown = _with_hosts(site.metadata), _with_hosts(change.metadata)
    for service, parameters in differences(*shown).items():
        for name, (old, new) in parameters.items():
            shown_old, shown_new = (_text(masked(service, name, value)) for value in (old, new))
            ctx.info("%s: %s,%s would change from %s to %s", site.label, service, name, shown_old, shown_new)
            told.setdefault(service, {})[name] = masked(service, name, new)
    for name in change.secrets:
        ctx.info("%s: %s would change", site.label, name)
    for service, action in switch_effects(site.metadata, change.metadata):
        ctx.info("%s: %s would follow: %s", site.label, service, EFFECTS[action])
    if not told and not change.secrets:
        ctx.info("%s: nothing would change", site.label)
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


def _on_plan(ctx: Context, site: Site, plan: str, resetting: bool, named: bool) -> Metadata:
    """Return the account's document under a plan, reset to it where that is asked for.

    A plan that was removed stays an account's plan; where its values are needed, those of the default plan stand in.
    """
    plans = plans_of(ctx)
    before = site.metadata.plan
    if plan == before and not resetting:
        return site.metadata.copy()
    known = before in plans.names()
    if resetting and (named or known):
        return Metadata(reset(site.metadata, plans.get(plan), with_plan=named))
    if resetting:
        raise Refused("%s: its plan `%s' no longer exists; name another with siteinfo,plan", site.label, before)
    if not known:
        ctx.warn("%s: its plan `%s' no longer exists; values that equal the default plan's move", site.label, before)
    return Metadata(change_plan(site.metadata, plans.get(before if known else plans.default), plans.get(plan)))


def _name_databases(ctx: Context, site: Site, metadata: Metadata, given: Values) -> None:
    """Name the databases of a service that an edit switches on and says nothing of."""
    for service in DATABASES:
        switched_on = metadata.enabled(service) and not site.metadata.enabled(service)
        if switched_on and not {"dbaseadmin", "dbaseprefix"} & set(given.get(service, {})):
            names_from_domain.name_databases(ctx.db, metadata, service, site.id)


def check_limits(metadata: Metadata) -> None:
    """Raise Refused for more addon domains than aliases,max admits."""
    most, held = metadata["aliases"]["max"], len(metadata.aliases)
    if isinstance(most, int) and held > most:
        raise Refused("aliases,aliases: %d domains are more than aliases,max admits (%d)", held, most)


def _check_usage(ctx: Context, site: Site, change: Change) -> None:
    """Refuse a storage quota below what somebody said the account uses; the flag `force` permits it.

    Derived figures follow the quota and stand in nobody's way.
    """
    touched = {"quota", "units", "enabled"} & set(change.changed.get("diskquota", {}))
    if not touched or not change.metadata.enabled("diskquota"):
        return
    limit = size(change.metadata["diskquota"]["quota"], str(change.metadata["diskquota"]["units"]))
    used = set_figures(ctx.db, site.id).get("storage", 0) * 1024
    if limit is not None and limit < used:
        raise Refused(
            "diskquota,quota: %s %s is below what %s uses (%d MB); the flag force permits it",
            change.metadata["diskquota"]["quota"], change.metadata["diskquota"]["units"], site.label, used // 1024**2,
        )  # fmt: skip


def _with_hosts(metadata: Metadata) -> Metadata:
    """Return a copy in which prefixes are the full host names they stand for."""
    shown = metadata.copy()
    for service, name in HOSTS:
        shown[service][name] = host_of(str(metadata[service][name]), metadata.domain)
    return shown


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
