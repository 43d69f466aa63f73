"""What a call asks for, worked out before the write lock is taken: the values in their stored form, the plan and what it
holds, the hash of the password. None of it depends on the account, so that a call over many works it out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.lifecycle.requests import Given
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.services.values import Values, normalise_all
from apnscp.opcenter.sites.identifiers import find_group
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.users import passwords

_PASSWORDS = ("passwd", "tpasswd", "cpasswd")
_WITH_PASSWORDS = ("auth", "mysql", "pgsql")


@dataclass(frozen=True)
class Asked:
    """What a call asks for.

    values: in their stored form, without what is listed here apart; flags: those of the call
    plan: its name, None where the call names none
    plans: values of the plans that the call is likely to need, by name; see `plan_values`
    secrets: what is write-only, by "service,parameter": it is used or dropped, and never kept
    password: hash of the administrator's password, None where the call sets none
    """

    values: Values
    flags: Mapping[str, Any]
    plan: str | None
    plans: Mapping[str, Values]
    secrets: Mapping[str, Any]
    password: str | None

    def plan_values(self, ctx: Context, name: str) -> Values:
        """Return what a plan holds; one that nobody could foresee is read now."""
        return self.plans[name] if name in self.plans else plans_of(ctx).get(name)

    def require_strong_password(self, ctx: Context, user: str) -> None:
        """Raise Refused for a password that is too weak for a user."""
        _require_strong(ctx, self.secrets, user)


def of_new_account(ctx: Context, given: Given, flags: Mapping[str, Any]) -> Asked:
    """Return what a call asks for that adds an account; without a plan it is the default one.

    given: values by service and parameter, in any form a client sends; flags: those of ADD_FLAGS
    Raises Refused for a value, a plan or a password that cannot be.
    """
    values, plan, secrets = _read(ctx, given, flags)
    plan = plan or plans_of(ctx).default
    _require_plan(ctx, plan)
    return Asked(values, flags, plan, _plans(ctx, {plan}), secrets, _password(ctx, secrets))


def of_edit(ctx: Context, given: Given, flags: Mapping[str, Any], identifier: str | None = None) -> Asked:
    """Return what a call asks for that edits accounts.

    given: values by service and parameter, in any form a client sends; flags: those of EDIT_FLAGS
    identifier: which accounts, None for all; where there are none, that is for others to tell
    Raises Refused as `of_new_account` does.
    """
    values, plan, secrets = _read(ctx, given, flags)
    needed: set[str] = set()
    if plan is not None:
        _require_plan(ctx, plan)
        needed = {plan, plans_of(ctx).default}
    if plan is not None or flags.get("reset"):
        needed |= _present_plans(ctx, identifier)
    return Asked(values, flags, plan, _plans(ctx, needed), secrets, _password(ctx, secrets))


def _read(ctx: Context, given: Given, flags: Mapping[str, Any]) -> tuple[Values, str | None, dict[str, Any]]:
    """Return values in their stored form, the plan that flag or value names, and what is write-only."""
    strict = ctx.settings.flag("opcenter.strict_svc_config")
    values, ignored = normalise_all(given, strict=strict)
    for name in ignored:
        ctx.warn("%s is unknown and ignored ([opcenter] strict_svc_config is off)", name)
    is_named = "plan" in values.get("siteinfo", {}) or "plan" in flags
    sent = values.get("siteinfo", {}).pop("plan", None)
    named = str(flags.get("plan") or sent or "DEFAULT")
    plan = plans_of(ctx).default if named == "DEFAULT" else named
    return values, plan if is_named else None, _taken_secrets(values)


def _require_plan(ctx: Context, plan: str) -> None:
    plans = plans_of(ctx)
    if plan not in plans:
        raise Refused("siteinfo,plan: unknown plan `%s'; admin:list-plans names %s", plan, ", ".join(plans.names()))


def _present_plans(ctx: Context, identifier: str | None) -> set[str]:
    """Return the plans of the accounts that a call is about; of many, those of all accounts."""
    chosen = select(site_table.c.plan).distinct()
    group = [] if identifier is None else find_group(ctx.db, identifier)
    if len(group) == 1:
        chosen = chosen.where(site_table.c.id == group[0])
    return set(ctx.db.execute(chosen).scalars())


def _plans(ctx: Context, names: Iterable[str]) -> dict[str, Values]:
    plans = plans_of(ctx)
    return {name: plans.get(name) for name in names if name in plans}


def _taken_secrets(values: Values) -> dict[str, Any]:
    """Take everything write-only out of `values` and return it by "service,parameter"."""
    taken: dict[str, Any] = {}
    for service in _WITH_PASSWORDS:
        for name in _PASSWORDS:
            value = values.get(service, {}).pop(name, None)
            if value is not None:
                taken[f"{service},{name}"] = value
    return taken


def _password(ctx: Context, secrets: Mapping[str, Any]) -> str | None:
    """Return the hash of the password that a call sets, None when it sets none.

    Raises Refused for two at once, a hash of another kind, and a password that is too weak for anybody.
    """
    plain, crypted = secrets.get("auth,tpasswd"), secrets.get("auth,cpasswd")
    if plain is not None and crypted is not None:
        raise Refused("auth,tpasswd and auth,cpasswd both set the password; send one of them")
    if secrets.get("auth,passwd") and plain is None and crypted is None:
        raise Refused("auth,passwd asks for the password on a terminal; send auth,tpasswd or auth,cpasswd")
    if crypted is not None:
        if not passwords.is_crypted(str(crypted)):
            raise Refused("auth,cpasswd: the value is not a crypt(3) hash of SHA-512 or SHA-256")
        return str(crypted)
    if plain is None:
        return None
    _require_strong(ctx, secrets, "")
    return passwords.crypt(str(plain))


def _require_strong(ctx: Context, secrets: Mapping[str, Any], user: str) -> None:
    plain = secrets.get("auth,tpasswd")
    weakness = None if plain is None else passwords.weakness(str(plain), user, ctx.settings)
    if weakness:
        raise Refused("auth,tpasswd: (hidden) is too weak: %s", weakness)
