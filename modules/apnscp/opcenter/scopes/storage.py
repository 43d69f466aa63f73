"""How the values of scopes are read and written, for each word of the column `storage` in data/scopes.tsv."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.plans import library
from apnscp.opcenter.scopes.catalogue import Scope
from apnscp.opcenter.settings import config_ini, rules
from apnscp.opcenter.settings.config import KEYS, put, same

_RULES_OF_LISTS = ("flat-list", "words", "hosts", "ports", "address-list", "smart-host", "any")


class Storage(NamedTuple):
    """How the value of a scope is read, with further names, and written, telling whether that changed anything."""

    read: Callable[[Context, Scope, Sequence[Any]], Any]
    write: Callable[[Context, Scope, list[Any]], bool]


def _taken(scope: Scope, value: Any) -> Any:
    try:
        return rules.check(scope.rule, value)
    except ValueError:
        raise Refused("%s: %s is not %s", scope.name, shown(value), rules.wording(scope.rule)) from None


def _single(scope: Scope, values: list[Any]) -> Any:
    """Return the only value of a call, or all of them where the scope takes several as a list."""
    if len(values) == 1:
        return values[0]
    if scope.rule.split(" ")[0] not in _RULES_OF_LISTS:
        raise Refused("%s takes one value, not %d; scope:info %s tells which", scope.name, len(values), scope.name)
    return values


def _part(scope: Scope, found: Any, more: Sequence[Any]) -> Any:
    """Return the named part of a map."""
    if not more:
        return found
    if len(more) > 1 or not isinstance(found, dict) or str(more[0]) not in found:
        raise Refused("%s holds no %s; without further names it is shown whole", scope.name, shown(more[0]))
    return found[str(more[0])]


def _read_kept(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    kept = ctx.settings.get(scope.name)
    return _part(scope, _initial(scope) if kept is None else kept, more)


def _initial(scope: Scope) -> Any:
    return None if scope.default is None else rules.check(scope.rule, scope.default)


def _write_kept(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    taken = _taken(scope, _single(scope, values))
    present = _read_kept(ctx, scope, ())
    if scope.append:
        taken = [*present, *(entry for entry in taken if entry not in present)]
    return not same(present, taken) and put(ctx.db, scope.name, taken)


def _read_keyed(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return _part(scope, ctx.settings.get(scope.name) or {}, more)


def _write_keyed(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    if len(values) != 2:
        raise Refused("%s takes a name and a value, not %d values", scope.name, len(values))
    try:
        name = rules.check("word", values[0])
    except ValueError:
        raise Refused("%s: %s is not a name", scope.name, shown(values[0])) from None
    present = _read_keyed(ctx, scope, ())
    return put(ctx.db, scope.name, {**present, name: _taken(scope, values[1])})


def _read_setting(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return _part(scope, ctx.settings[scope.of], more)


def _write_setting(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    return put(ctx.db, scope.of, _taken(scope, _single(scope, values)))


def _fields(scope: Scope) -> dict[str, str]:
    """Return the keys of config.ini by the names under which the scope shows them, their own where it has none."""
    pairs = [entry.rpartition("=") for entry in scope.of.split(",")]
    return {name or key: key for name, _, key in pairs}


def _read_settings(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    found = {name: ctx.settings[key] for name, key in _fields(scope).items()}
    return _part(scope, found if "=" in scope.of else list(found.values()), more)


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
    parts, keys = _taken(scope, given), _fields(scope).values()
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
    return _part(scope, " ".join(bans.listed(ctx, scope.of)), more)


def _write_list(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    wanted = _taken(scope, _single(scope, values)).split(",")
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
    return _part(scope, scope.default, more)


def _write_action(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    for value in values:
        _taken(scope, value)
    ctx.info("%s: an emulated server has nothing to do for this", scope.name)
    return False


STORAGES: Mapping[str, Storage] = {
    "kept": Storage(_read_kept, _write_kept),
    "keyed": Storage(_read_keyed, _write_keyed),
    "setting": Storage(_read_setting, _write_setting),
    "settings": Storage(_read_settings, _write_settings),
    "list": Storage(_read_list, _write_list),
    "config": Storage(_read_config, _write_config),
    "action": Storage(_read_action, _write_action),
}
