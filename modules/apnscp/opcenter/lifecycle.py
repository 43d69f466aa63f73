"""The life of an account: add, edit, suspend, activate, delete (docs/panel.md, sections 7 to 9).

Each function works on one account inside the caller's unit of work and raises Refused where it must not go on; `groups`
applies them to the sites of an invoice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter import accounts, mails, passwords, suspension, users
from apnscp.opcenter.accounts import Account
from apnscp.opcenter.plan_changes import change_plan, reset
from apnscp.opcenter.plans import Plans
from apnscp.opcenter.schema import kept
from apnscp.opcenter.services import Metadata, masked, normalise, normalise_all, without_secrets
from apnscp.opcenter.settings import settings
from apnscp.opcenter.side_effects import Action, follow_rename, host_of, preserved_on_deletion, switch_effects
from apnscp.opcenter.usage import set_figures, size

SHARED_ADDRESS = "192.0.2.10"
"""Address of accounts without one of their own: from the documentation range, so that it never means a real host."""
_PASSWORDS = ("passwd", "tpasswd", "cpasswd")
_DATABASES = ("mysql", "pgsql")
_EFFECTS: dict[Action, str] = {
    "block": "existing data is kept, nothing new can be made",
    "resume": "in service again",
    "drop": "all data is dropped",
    "hide": "records are hidden until a provider is set again",
    "show": "records are shown again",
}


@dataclass
class Change:
    """What an edit comes to: the new document, the changed parameters, and a new password hash if there is one."""

    doc: Metadata
    changed: dict[str, dict[str, tuple[Any, Any]]]
    password: str | None = None
    secrets: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.password or self.secrets)


def plans_of(ctx: Context) -> Plans:
    """Return the panel's plans."""
    default = str(settings(ctx)["opcenter.default_plan"])
    return ctx.panel.cached("plans", lambda: Plans(ctx.panel.plans, default))


def add(
    ctx: Context, domain: str, admin: str, given: Mapping[str, Mapping[str, Any]], flags: Mapping[str, Any]
) -> Account:
    """Create an account.

    domain, admin: primary domain and administrator; they override siteinfo,domain and siteinfo,admin_user
    given: values by service and parameter, in any form a client sends; flags: those of ADD_FLAGS
    Raises Refused; nothing is kept then.
    """
    values = _values(ctx, given)
    plan = _plan_named(ctx, values, flags)
    doc = plans_of(ctx).get(plan)
    secrets = _take_secrets(values)
    for service, parameters in values.items():
        doc[service].update(parameters)
    doc["siteinfo"] |= {
        "domain": normalise("siteinfo", "domain", domain),
        "admin_user": normalise("siteinfo", "admin_user", admin),
        "plan": plan,
    }
    _fill_in(ctx, doc)
    password = _password(ctx, secrets, doc["siteinfo"]["admin_user"]) or passwords.crypt(passwords.generate())
    _check_limits(doc)
    account = accounts.insert_new(ctx, without_secrets(doc), password)
    if flags.get("notify"):
        mails.send(ctx, account.doc["siteinfo"]["email"], "Welcome", f"Your account {account.domain} is ready.")
    return account


def plan_edit(
    ctx: Context, account: Account, given: Mapping[str, Mapping[str, Any]], flags: Mapping[str, Any]
) -> Change:
    """Work out what an edit would do, without doing it.

    given: values by service and parameter; flags: those of EDIT_FLAGS
    Raises Refused for a value, plan or combination that is not possible.
    """
    values = _values(ctx, given, account)
    named = "plan" in values.get("siteinfo", {}) or "plan" in flags
    before = str(account.doc["siteinfo"]["plan"])
    plan = _plan_named(ctx, values, flags) if named else before
    secrets = _take_secrets(values)
    doc = _on_plan(ctx, account, plan, bool(flags.get("reset")), named)
    for service, parameters in values.items():
        doc[service].update(parameters)
    doc["siteinfo"]["plan"] = plan
    _name_databases(ctx, account, doc, values)
    if doc["siteinfo"]["domain"] != account.domain:
        doc = follow_rename(doc, account.domain, str(doc["siteinfo"]["domain"]))
    password = _password(ctx, secrets, str(doc["siteinfo"]["admin_user"]))
    doc = without_secrets(doc)
    change = Change(doc, differences(account.doc, doc), password, sorted(_written(secrets)))
    if not flags.get("force"):
        if "aliases" in change.changed:
            _check_limits(doc)
        _check_usage(ctx, account, change)
    return change


def edit(ctx: Context, account: Account, change: Change, flags: Mapping[str, Any]) -> None:
    """Carry out what `plan_edit` worked out."""
    if flags.get("backup"):
        keep_backup(ctx, account)
    effects = switch_effects(account.doc, change.doc)
    if change.changed:
        accounts.save(ctx, account, change.doc)
    for service, action in effects:
        ctx.info("%s: %s: %s", account.label, service, _EFFECTS[action])
    if change.password:
        users.set_password(ctx.db, account.id, account.admin_user, change.password)
        ctx.info("%s: password of `%s' changed", account.label, account.admin_user)
    if flags.get("reconfig"):
        ctx.info("%s: all services reconfigured", account.label)


def announce(ctx: Context, account: Account, change: Change) -> dict[str, dict[str, Any]]:
    """Report what an edit would change and return it: service to parameter to the new value, full host names for prefixes.

    The shape of a dry run (docs/panel.md, section 8, EditDomain). Raises Refused where the edit itself would: for a name
    that another account holds.
    """
    accounts.require_free(ctx.db, change.doc, account.id, account.doc)
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
        ctx.info("%s: %s would follow: %s", account.label, service, _EFFECTS[action])
    if not told and not change.secrets:
        ctx.info("%s: nothing would change", account.label)
    return told


def suspend(ctx: Context, account: Account, flags: Mapping[str, Any]) -> None:
    """Suspend an account; a suspended one gets the new reason and, with one, a new date.

    flags: reason, template
    """
    reason = flags.get("reason")
    text = "" if reason is None else str(reason)
    if flags.get("template"):
        text = suspension.from_template(str(flags["template"]), text)
    renewed = account.suspended_at is None or bool(text)
    since = ctx.clock.unix() if renewed else account.suspended_at
    accounts.mark_suspended(ctx.db, account, since, text if renewed else account.reason)


def activate(ctx: Context, account: Account) -> None:
    """Lift an account's suspension; an active account stays as it is."""
    accounts.mark_suspended(ctx.db, account, None, None)


def remove(ctx: Context, account: Account, *, dry_run: bool) -> None:
    """Delete an account, or announce it."""
    if dry_run:
        since = (
            "no suspension date"
            if account.suspended_at is None
            else f"suspended {suspension.day(account.suspended_at)}"
        )
        ctx.info("%s (%s; %s) will be deleted", f"site{account.id}", account.domain, since)
        return
    for service in preserved_on_deletion(account.doc):
        if account.doc[service]["enabled"]:
            ctx.info("%s: %s: data outlives the account", account.label, service)
    accounts.remove(ctx.db, account)


def keep_backup(ctx: Context, account: Account) -> None:
    """Copy the metadata of an account aside, overwriting the copy before."""
    chosen = (kept.c.site_id == account.id) & (kept.c.kind == "backup") & (kept.c.name == "metadata")
    ctx.db.execute(delete(kept).where(chosen))
    copy = json.dumps(account.doc)
    ctx.db.execute(insert(kept).values(site_id=account.id, kind="backup", name="metadata", value=copy))


def differences(old: Metadata, new: Metadata) -> dict[str, dict[str, tuple[Any, Any]]]:
    """Return what differs between two documents: service to parameter to (old, new), services in order."""
    found: dict[str, dict[str, tuple[Any, Any]]] = {}
    for service, parameters in new.items():
        for name, value in parameters.items():
            before = old.get(service, {}).get(name)
            if before != value or type(before) is not type(value):
                found.setdefault(service, {})[name] = (before, value)
    return found


def _values(ctx: Context, given: Mapping[str, Mapping[str, Any]], account: Account | None = None) -> Metadata:
    strict = bool(settings(ctx)["opcenter.strict_svc_config"])
    values, ignored = normalise_all(given, strict=strict)
    for name in ignored:
        ctx.warn("%s is unknown and ignored ([opcenter] strict_svc_config is off)", name)
    assigned = values.get("siteinfo", {}).pop("admin", None)
    if assigned is not None and (account is None or assigned != account.doc["siteinfo"]["admin"]):
        raise Refused("siteinfo,admin: `%s' is not yours to set; the panel assigns it", assigned)
    return values


def _plan_named(ctx: Context, values: Metadata, flags: Mapping[str, Any]) -> str:
    """Return the plan that a call names by flag or by siteinfo,plan, and take the latter out of `values`."""
    named = values.get("siteinfo", {}).pop("plan", None)
    plan = flags.get("plan") or named or "DEFAULT"
    plans = plans_of(ctx)
    plan = plans.default if plan == "DEFAULT" else str(plan)
    if plan not in plans.names():
        raise Refused("siteinfo,plan: unknown plan `%s'; admin:list-plans names %s", plan, ", ".join(plans.names()))
    return plan


def _on_plan(ctx: Context, account: Account, plan: str, resetting: bool, named: bool) -> Metadata:
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


def _take_secrets(values: Metadata) -> dict[str, Any]:
    """Take everything write-only out of `values`: it is used or dropped, and never kept."""
    taken: dict[str, Any] = {}
    for service in ("auth", "mysql", "pgsql"):
        for name in _PASSWORDS:
            value = values.get(service, {}).pop(name, None)
            if value is not None:
                taken[f"{service},{name}"] = value
    return taken


def _written(secrets: Mapping[str, Any]) -> list[str]:
    return [name for name in secrets if name != "auth,passwd"]


def _password(ctx: Context, secrets: Mapping[str, Any], user: Any) -> str | None:
    """Return the hash of the password that a call sets, None when it sets none."""
    plain, crypted = secrets.get("auth,tpasswd"), secrets.get("auth,cpasswd")
    if plain is not None and crypted is not None:
        raise Refused("auth,tpasswd and auth,cpasswd both set the password; send one of them")
    if secrets.get("auth,passwd") and plain is None and crypted is None:
        raise Refused("auth,passwd asks for the password on a terminal; send auth,tpasswd or auth,cpasswd")
    if crypted is not None:
        if not passwords.is_crypted(str(crypted)):
            raise Refused(
                "auth,cpasswd: %s is no crypt(3) hash of SHA-512 or SHA-256", masked("auth", "cpasswd", crypted)
            )
        return str(crypted)
    if plain is None:
        return None
    passwords.require_strong(str(plain), str(user), settings(ctx))
    return passwords.crypt(str(plain))


def _fill_in(ctx: Context, doc: Metadata) -> None:
    """Give a new account what it did not name: database names and a shared address."""
    for service in _DATABASES:
        if doc[service]["enabled"]:
            accounts.name_databases(ctx.db, doc, service)
    if doc["ipinfo"]["namebased"] and not doc["ipinfo"]["nbaddrs"]:
        doc["ipinfo"]["nbaddrs"] = [SHARED_ADDRESS]


def _name_databases(ctx: Context, account: Account, doc: Metadata, given: Metadata) -> None:
    """Name the databases of a service that an edit switches on and says nothing of."""
    for service in _DATABASES:
        switched_on = doc[service]["enabled"] and not account.doc[service]["enabled"]
        if switched_on and not {"dbaseadmin", "dbaseprefix"} & set(given.get(service, {})):
            accounts.name_databases(ctx.db, doc, service, account.id)


def _check_limits(doc: Metadata) -> None:
    most, listed = doc["aliases"]["max"], doc["aliases"]["aliases"] or []
    if isinstance(most, int) and isinstance(listed, list) and len(listed) > most:
        raise Refused("aliases,aliases: %d domains are more than aliases,max admits (%d)", len(listed), most)


def _check_usage(ctx: Context, account: Account, change: Change) -> None:
    """Refuse a storage quota below what somebody said the account uses; the flag `force` permits it.

    Derived figures follow the quota and stand in nobody's way.
    """
    if (
        not {"quota", "units", "enabled"} & set(change.changed.get("diskquota", {}))
        or not change.doc["diskquota"]["enabled"]
    ):
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
    for service, name in (
        ("apache", "webserver"),
        ("ftp", "ftpserver"),
        ("mail", "mailserver"),
        ("mail", "smtpserver"),
    ):
        shown[service][name] = host_of(str(doc[service][name]), domain)
    return shown


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
