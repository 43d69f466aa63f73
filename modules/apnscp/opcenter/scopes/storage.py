"""How the values of scopes are read and written, for each word of the column `storage` in data/scopes.tsv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.plans import library
from apnscp.opcenter.scopes import installation, keeping, merging, monitor
from apnscp.opcenter.scopes.catalogue import SCOPES, Scope
from apnscp.opcenter.scopes.keeping import Storage, part, single, taken
from apnscp.opcenter.settings import config_ini
from apnscp.opcenter.settings.config import KEYS, put
from apnscp.opcenter.sites.identifiers import find_one


def _read_setting(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return part(scope, ctx.settings[scope.of], more)


def _write_setting(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    return put(ctx.db, scope.of, taken(scope, single(scope, values)))


def _write_host_name(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    name = taken(scope, single(scope, values))
    if find_one(ctx.db, name) is not None:
        raise Refused("%s: `%s' belongs to an account; the server needs a name of its own", scope.name, name)
    return put(ctx.db, scope.of, name)


def _read_same(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    other = SCOPES[scope.of]
    return STORAGES[other.storage].read(ctx, other, more)


def _write_same(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    other = SCOPES[scope.of]
    return STORAGES[other.storage].write(ctx, other, values)


def _fields(scope: Scope) -> dict[str, str]:
    """Return the keys of config.ini by the names under which the scope shows them, their own where it has none."""
    pairs = [entry.rpartition("=") for entry in scope.of.split(",")]
    return {name or key: key for name, _, key in pairs}


def _read_settings(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    found = {name: ctx.settings[key] for name, key in _fields(scope).items()}
    return part(scope, found if "=" in scope.of else list(found.values()), more)


def _write_settings(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    given = values[0] if len(values) == 1 else values
    by_key = _from_map(scope, given) if "=" in scope.of else _from_list(scope, given)
    checked = {key: config_ini.checked(KEYS[key], value, _plan_names(ctx)) for key, value in by_key.items()}
    changed = False
    for key, value in checked.items():
        changed |= put(ctx.db, key, value)
    return changed


def _from_list(scope: Scope, given: Any) -> dict[str, Any]:
    """Return the values by the key of config.ini that each sets; they come in the order of the keys."""
    parts, keys = taken(scope, given), _fields(scope).values()
    if len(parts) != len(keys):
        raise Refused("%s: %s is not a list of %d", scope.name, shown(given), len(keys))
    return dict(zip(keys, parts, strict=True))


def _from_map(scope: Scope, given: Any) -> dict[str, Any]:
    """Return the values by the key of config.ini that each sets; they come by the names of the scope."""
    fields = _fields(scope)
    if not isinstance(given, dict) or not given or not set(given) <= set(fields):
        raise Refused("%s: %s is not a map of %s", scope.name, shown(given), ", ".join(fields))
    return {fields[name]: value for name, value in given.items()}


def _plan_names(ctx: Context) -> config_ini.PlanNames:
    return lambda: library.plans_of(ctx).names()


def _read_list(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return part(scope, " ".join(bans.listed(ctx, scope.of)), more)


def _write_list(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    wanted = taken(scope, single(scope, values)).split(",")
    present = bans.listed(ctx, scope.of)
    if not scope.append:
        for entry in present:
            if entry not in wanted:
                bans.lift(ctx, entry, scope.of)
    for entry in wanted:
        if entry and entry not in present:
            bans.put(ctx, entry, scope.of, seconds=None, reason=f"scope {scope.name}")
    return bans.listed(ctx, scope.of) != present


def _read_config(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    if len(more) > 2:
        raise Refused("%s takes a section and a key, not %d names", scope.name, len(more))
    return config_ini.get(ctx, *(str(name) for name in more))


def _write_config(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    if len(values) != 3:
        raise Refused("%s takes section, key and value ('' for none), not %d values", scope.name, len(values))
    return config_ini.set_value(ctx, str(values[0]), str(values[1]), values[2], _plan_names(ctx))


def _read_action(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return part(scope, scope.default, more)


def _write_action(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    for value in values:
        taken(scope, value)
    ctx.info("%s: an emulated server has nothing to do for this", scope.name)
    return False


STORAGES: Mapping[str, Storage] = {
    "kept": Storage(keeping.read_kept, keeping.write_kept),
    "keyed": Storage(keeping.read_keyed, keeping.write_keyed),
    "same": Storage(_read_same, _write_same),
    "scores": Storage(merging.read_scores, merging.write_scores),
    "versions": Storage(merging.read_versions, merging.write_versions),
    "limits": Storage(keeping.read_keyed, merging.write_limits),
    "backends": Storage(monitor.read_backends, monitor.write_backends),
    "channels": Storage(keeping.read_kept, monitor.write_channel),
    "variables": Storage(installation.read_variables, installation.write_variable),
    "with-variables": Storage(installation.read_switch, installation.write_switch),
    "schedule": Storage(installation.read_schedule, installation.write_schedule),
    "setting": Storage(_read_setting, _write_setting),
    "host-name": Storage(_read_setting, _write_host_name),
    "settings": Storage(_read_settings, _write_settings),
    "list": Storage(_read_list, _write_list),
    "config": Storage(_read_config, _write_config),
    "action": Storage(_read_action, _write_action),
}
