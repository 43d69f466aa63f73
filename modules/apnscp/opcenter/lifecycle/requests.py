"""What a life-cycle call asks for: options and flags in every shape that public clients send, values in their stored form,
the plan it names, the password it sets (docs/panel.md, section 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.plans.library import plans_of
from apnscp.opcenter.services import rules
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values, normalise_all, resolve
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one, site_name
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.usage import projects
from apnscp.opcenter.users import passwords

SWITCH, VALUED = "switch", "valued"

Known = Mapping[str, str]
"""Flag names and whether each is a SWITCH or VALUED."""

ADD_FLAGS: Known = MappingProxyType(
    {"plan": VALUED, "force": SWITCH, "bootstrap": SWITCH, "notify": SWITCH, "derive-admin": SWITCH}
)
EDIT_FLAGS: Known = MappingProxyType(
    {
        "plan": VALUED,
        "reset": SWITCH,
        "dry-run": SWITCH,
        "backup": SWITCH,
        "force": SWITCH,
        "reconfig": SWITCH,
        "rebuild": SWITCH,
        "all": SWITCH,
    }
)
DELETE_FLAGS: Known = MappingProxyType({"since": VALUED, "match": VALUED, "force": SWITCH, "dry-run": SWITCH})
SUSPEND_FLAGS: Known = MappingProxyType({"reason": VALUED, "template": VALUED})

_SYNONYMS = {"p": "plan", "filter": "match"}


@dataclass(frozen=True)
class Options:
    """What an ``opts`` argument held: values by service and parameter as sent, and the flags found among them."""

    values: Values = field(default_factory=dict)
    flags: dict[str, StoredValue] = field(default_factory=dict)


def read_options(opts: Any, known: Known = EDIT_FLAGS) -> Options:
    """Return the values and flags of an ``opts`` argument.

    opts: "service.parameter", "service,parameter" and nested arrays, mixed at will, the later entry winning; under
        an integer key flags may hide (Blesta's ``{0: {reset: true}}``), anything else there is skipped; None and []
        are empty
    known: the flags that the call has
    Raises Refused for an entry that names no parameter, and for a bad value of a flag.
    """
    options = Options()
    for key, value in _entries(opts, "Options"):
        if _is_index(key):
            options.flags.update(read_flags(_hidden_flags(value, known), known))
        else:
            for service, parameter, single in _addressed(str(key).strip(), value):
                options.values.setdefault(service, {})[parameter] = single
    return options


def _entries(array: Any, what: str) -> Iterator[tuple[Any, Any]]:
    if array is None or array == "":
        return iter(())
    if isinstance(array, Mapping):
        return iter(array.items())
    if isinstance(array, list | tuple):
        return iter(enumerate(array))
    raise Refused("%s must be an array", what)


def _is_index(key: Any) -> bool:
    return isinstance(key, int) or (isinstance(key, str) and key.strip().isdecimal())


def _hidden_flags(value: Any, known: Known) -> Mapping[str, Any]:
    if isinstance(value, str):
        value = {value: True}
    if not isinstance(value, Mapping):
        return {}
    return {str(name): entry for name, entry in value.items() if _name(str(name)) in known}


def _addressed(key: str, value: Any) -> Iterator[tuple[str, str, StoredValue]]:
    service, parameter = _split(key)
    if parameter:
        yield service, parameter, value
    elif isinstance(value, Mapping):
        yield from ((service, str(name).strip(), single) for name, single in value.items())
    elif value not in (None, [], ""):
        raise Refused(
            "Option `%s' names no parameter; write it as `service.parameter', or quote a key with a comma", key[:80]
        )


def _split(key: str) -> tuple[str, str]:
    service, _, parameter = key.replace(",", ".", 1).partition(".")
    return service.strip(), parameter.strip()


def read_flags(flags: Any, known: Known) -> dict[str, StoredValue]:
    """Return the flags of a call by their full names: switches as booleans, the others with their value.

    flags: ``name: true``, ``name: value``, list entries (``0 => 'dry-run'``), the texts "true" and "false"; dashes in
        front and underscores within a name are tolerated; null is a flag that was not given; None and [] are empty
    known: the flags that the call has
    Raises Refused for an unknown flag, a switch that is no boolean and a valued flag without value.
    """
    found: dict[str, StoredValue] = {}
    for key, value in _entries(flags, "Flags"):
        for name, single in _named(key, value, known):
            taken = _value(name, single, known)
            if taken is not None:
                found[name] = taken
    return found


def _named(key: Any, value: Any, known: Known) -> Iterator[tuple[str, Any]]:
    if not _is_index(key):
        yield _known(str(key), known), value
    elif isinstance(value, str):
        name, given, text = value.partition("=")
        yield _known(name, known), text if given else True
    elif isinstance(value, Mapping):
        yield from ((_known(str(name), known), single) for name, single in value.items())
    elif value not in (None, False, []):
        raise Refused("Flag %s has no name; known are %s", key, ", ".join(known))


def _name(text: str) -> str:
    name = text.strip().lstrip("-").replace("_", "-").lower()
    return _SYNONYMS.get(name, name)


def _known(text: str, known: Known) -> str:
    name = _name(text)
    if name not in known:
        raise Refused("Unknown flag `%s'; known are %s", text[:80], ", ".join(known))
    return name


def _value(name: str, value: Any, known: Known) -> StoredValue:
    if value is None:
        return None
    return _switch(name, value) if known[name] == SWITCH else _valued(name, value)


def _switch(name: str, value: Any) -> bool:
    try:
        return bool(rules.check("switch", value))
    except ValueError:
        raise Refused("Flag `%s' must be true or false", name) from None


def _valued(name: str, value: Any) -> StoredValue:
    if value is False:
        return None
    if value is True or not isinstance(value, str | int | float):
        raise Refused("Flag `%s' needs a value, as text or number", name)
    return value


Given: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Values by service and parameter, in any form a client sends."""
_PASSWORDS = ("passwd", "tpasswd", "cpasswd")


def values_of(ctx: Context, given: Given, site: Site | None = None) -> Values:
    """Return the values of a call in their stored form; raises Refused for what cannot be.

    account: the one that is edited, None for a new one
    """
    strict = ctx.settings.flag("opcenter.strict_svc_config")
    values, ignored = normalise_all(given, strict=strict)
    for name in ignored:
        ctx.warn("%s is unknown and ignored ([opcenter] strict_svc_config is off)", name)
    assigned = values.get("siteinfo", {}).pop("admin", None)
    if assigned is not None and (site is None or assigned != site.metadata["siteinfo"]["admin"]):
        raise Refused("siteinfo,admin: `%s' is not yours to set; the panel assigns it", assigned)
    _require_project(ctx, values.get("diskquota", {}).get("group"))
    if values.get("cgroup", {}).get("delegator") is not None:
        values["cgroup"]["delegator"] = _delegator(ctx, str(values["cgroup"]["delegator"]), site)
    return values


def check_providers(ctx: Context, given: Given, metadata: Metadata) -> None:
    """Raise Refused when a call chooses a provider of mail and what that provider needs is missing.

    given: what the call asks for; metadata: what the account is to be
    """
    if not {"provider", "key"} & set(given.get("mail", {})):
        return
    provider, key = (resolve("mail", name, metadata["mail"][name], ctx.settings) for name in ("provider", "key"))
    if provider == "mxroute" and not key:
        raise Refused("mail,key: mxroute needs the name of its server; send mail,key=SERVER as well")


def _require_project(ctx: Context, name: Any) -> None:
    if name is not None and projects.find(ctx.db, str(name)) is None:
        raise Refused("diskquota,group: `%s' is not a quota project; diskquota:project-create makes one", name)


def _delegator(ctx: Context, text: str, site: Site | None) -> str:
    """Return the account that shares its limits as siteNN, which stays when that account is renamed.

    Raises Refused for an unknown account, and where the accounts would share in a circle.
    """
    parent = find_one(ctx.db, text)
    if parent is None:
        raise Refused("cgroup,delegator: `%s' names no account; a site id, domain or alias is expected", text[:80])
    above: int | None = parent
    while above is not None:
        if site is not None and above == site.id:
            raise Refused("cgroup,delegator: `%s' has its limits from this account", text[:80])
        further = records.metadata_of(ctx.db, above)["cgroup"]["delegator"]
        above = None if further is None else find_one(ctx.db, str(further))
    return site_name(parent)


def plan_named(ctx: Context, values: Values, flags: Mapping[str, Any]) -> str:
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


def take_secrets(values: Values) -> dict[str, Any]:
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
            raise Refused("auth,cpasswd: the value is not a crypt(3) hash of SHA-512 or SHA-256")
        return str(crypted)
    if plain is None:
        return None
    weakness = passwords.weakness(str(plain), str(user), ctx.settings)
    if weakness:
        raise Refused("auth,tpasswd: (hidden) is too weak: %s", weakness)
    return passwords.crypt(str(plain))
