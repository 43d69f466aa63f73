"""What an edit comes to, worked out before anything is done (docs/panel.md, section 8, EditDomain)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.lifecycle import address_pools, names_from_domain
from apnscp.opcenter.lifecycle.asked import Asked
from apnscp.opcenter.lifecycle.requests import check_providers, checked
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


def prepare_edit(ctx: Context, site: Site, asked: Asked) -> Change:
    """Work out what an edit would do to a site, without doing it.

    asked: what the call asks for. Raises Refused for a value or a combination that this site cannot have.
    """
    values = checked(ctx, asked.values, site)
    metadata = _on_plan(ctx, site, asked)
    domain = str(values.get("siteinfo", {}).get("domain", site.domain))
    if domain != site.domain:  # before the values, so that a host name that is given stays as given
        metadata = Metadata(follow_rename(metadata, site.domain, domain))
    metadata = metadata.with_values(values)
    metadata = _with_database_names(ctx, site, metadata, values)
    check_providers(ctx, values, metadata)
    metadata = address_pools.assign(ctx, metadata, values, site.metadata, dry_run=bool(asked.flags.get("dry-run")))
    asked.require_strong_password(ctx, metadata.admin_user)
    metadata = Metadata(without_secrets(metadata))
    told = sorted(set(asked.secrets) - {"auth,passwd"})
    change = Change(metadata, differences(site.metadata, metadata), asked.password, told)
    if not asked.flags.get("force"):
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
        held = old.get(service, {})
        if held is parameters:  # documents share the services that stay
            continue
        for name, value in parameters.items():
            before = held.get(name)
            if before != value or type(before) is not type(value):
                found.setdefault(service, {})[name] = (before, value)
    return found


def _on_plan(ctx: Context, site: Site, asked: Asked) -> Metadata:
    """Return the account's document under the plan that is asked for, reset to it where that is asked for.

    A plan that was removed stays an account's plan; where its values are needed, those of the default plan stand in.
    """
    before, resetting = site.metadata.plan, bool(asked.flags.get("reset"))
    plan = before if asked.plan is None else asked.plan
    if plan == before and not resetting:
        return site.metadata
    known = before in asked.plans or before in plans_of(ctx)
    if resetting and asked.plan is None and not known:
        raise Refused("%s: its plan `%s' no longer exists; name another with siteinfo,plan", site.label, before)
    if resetting:
        moved = reset(site.metadata, asked.plan_values(ctx, plan), with_plan=asked.plan is not None)
    else:
        if not known:
            ctx.warn(
                "%s: its plan `%s' no longer exists; values that equal the default plan's move", site.label, before
            )
        former = before if known else plans_of(ctx).default
        moved = change_plan(site.metadata, asked.plan_values(ctx, former), asked.plan_values(ctx, plan))
    return Metadata(moved).with_value("siteinfo", "plan", plan)


def _with_database_names(ctx: Context, site: Site, metadata: Metadata, given: Values) -> Metadata:
    """Name the databases of a service that an edit switches on and says nothing of."""
    for service in DATABASES:
        switched_on = metadata.enabled(service) and not site.metadata.enabled(service)
        if switched_on and not {"dbaseadmin", "dbaseprefix"} & set(given.get(service, {})):
            metadata = names_from_domain.with_database_names(ctx.db, metadata, service, site.id)
    return metadata


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
