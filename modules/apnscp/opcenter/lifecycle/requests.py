"""What a life-cycle call sends: options and flags in every shape of public clients, and what its values must be beside one
another and in the store (docs/panel.md, section 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services import rules
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.rules import StoredValue
from apnscp.opcenter.services.values import Values, resolve
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one, site_name
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.usage import projects

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


def checked(ctx: Context, values: Values, site: Site | None = None) -> Values:
    """Return the values of a call as they are for one account; raises Refused for what it cannot have.

    values: in their stored form, left as they are; site: the one that is edited, None for a new one
    """
    assigned = values.get("siteinfo", {}).get("admin")
    if assigned is not None and (site is None or assigned != site.metadata["siteinfo"]["admin"]):
        raise Refused("siteinfo,admin: `%s' is not yours to set; the panel assigns it", assigned)
    _require_project(ctx, values.get("diskquota", {}).get("group"))
    if "admin" in values.get("siteinfo", {}):
        others = {name: value for name, value in values["siteinfo"].items() if name != "admin"}
        values = {**values, "siteinfo": others}
    if values.get("cgroup", {}).get("delegator") is not None:
        delegator = _delegator(ctx, str(values["cgroup"]["delegator"]), site)
        values = {**values, "cgroup": {**values["cgroup"], "delegator": delegator}}
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
