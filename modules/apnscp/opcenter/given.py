"""What a life-cycle call gives: values in their stored form, the plan it names, the password it sets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter import passwords, projects
from apnscp.opcenter.accounts import Account
from apnscp.opcenter.plans import Plans
from apnscp.opcenter.services import Metadata, normalise_all
from apnscp.opcenter.settings import settings

Given: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Values by service and parameter, in any form a client sends."""
_PASSWORDS = ("passwd", "tpasswd", "cpasswd")


def plans_of(ctx: Context) -> Plans:
    """Return the panel's plans."""
    default = str(settings(ctx)["opcenter.default_plan"])
    return ctx.panel.cached("plans", lambda: Plans(ctx.panel.plans, default))


def values_of(ctx: Context, given: Given, account: Account | None = None) -> Metadata:
    """Return the values of a call in their stored form; raises Refused for what cannot be.

    account: the one that is edited, None for a new one
    """
    strict = bool(settings(ctx)["opcenter.strict_svc_config"])
    values, ignored = normalise_all(given, strict=strict)
    for name in ignored:
        ctx.warn("%s is unknown and ignored ([opcenter] strict_svc_config is off)", name)
    assigned = values.get("siteinfo", {}).pop("admin", None)
    if assigned is not None and (account is None or assigned != account.doc["siteinfo"]["admin"]):
        raise Refused("siteinfo,admin: `%s' is not yours to set; the panel assigns it", assigned)
    _require_project(ctx, values.get("diskquota", {}).get("group"))
    return values


def _require_project(ctx: Context, name: Any) -> None:
    if name is not None and projects.find(ctx.db, str(name)) is None:
        raise Refused("diskquota,group: `%s' is not a quota project; diskquota:project-create makes one", name)


def plan_named(ctx: Context, values: Metadata, flags: Mapping[str, Any]) -> str:
    """Return the plan that a call names by flag or by siteinfo,plan, and take the latter out of `values`.

    Without either it is the default plan. Raises Refused for a plan that does not exist.
    """
    named = values.get("siteinfo", {}).pop("plan", None)
    plan = flags.get("plan") or named or "DEFAULT"
    plans = plans_of(ctx)
    plan = plans.default if plan == "DEFAULT" else str(plan)
    if plan not in plans.names():
        raise Refused("siteinfo,plan: unknown plan `%s'; admin:list-plans names %s", plan, ", ".join(plans.names()))
    return plan


def take_secrets(values: Metadata) -> dict[str, Any]:
    """Take everything write-only out of `values`: it is used or dropped, and never kept.

    Returns them by "service,parameter".
    """
    taken: dict[str, Any] = {}
    for service in ("auth", "mysql", "pgsql"):
        for name in _PASSWORDS:
            value = values.get(service, {}).pop(name, None)
            if value is not None:
                taken[f"{service},{name}"] = value
    return taken


def password_hash(ctx: Context, secrets: Mapping[str, Any], user: Any) -> str | None:
    """Return the hash of the password that a call sets, None when it sets none.

    secrets: as `take_secrets` returns them; user: whose password it is
    Raises Refused for two at once, a hash of another kind, and a password that is too weak.
    """
    plain, crypted = secrets.get("auth,tpasswd"), secrets.get("auth,cpasswd")
    if plain is not None and crypted is not None:
        raise Refused("auth,tpasswd and auth,cpasswd both set the password; send one of them")
    if secrets.get("auth,passwd") and plain is None and crypted is None:
        raise Refused("auth,passwd asks for the password on a terminal; send auth,tpasswd or auth,cpasswd")
    if crypted is not None:
        if not passwords.is_crypted(str(crypted)):
            raise Refused("auth,cpasswd: the value is no crypt(3) hash of SHA-512 or SHA-256")
        return str(crypted)
    if plain is None:
        return None
    weakness = passwords.weakness(str(plain), str(user), settings(ctx))
    if weakness:
        raise Refused("auth,tpasswd: (hidden) is too weak: %s", weakness)
    return passwords.crypt(str(plain))
