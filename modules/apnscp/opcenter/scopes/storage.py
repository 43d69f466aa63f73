"""How the values of scopes are read and written, for each word of the column `state` in data/scopes.tsv."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.scopes.catalogue import Scope
from apnscp.opcenter.settings import config_ini, rules
from apnscp.opcenter.settings.config import KEYS, put, same


class State(NamedTuple):
    """How the value of a scope is read, with further names, and written, telling whether that changed anything."""

    read: Callable[[Context, Scope, Sequence[Any]], Any]
    write: Callable[[Context, Scope, list[Any]], bool]


def _taken(scope: Scope, value: Any) -> Any:
    try:
        return rules.take(scope.rule, value)
    except ValueError:
        raise Refused("%s: %s is not %s", scope.name, shown(value), rules.wording(scope.rule)) from None


def _single(scope: Scope, values: list[Any]) -> Any:
    """Return the value that a call's arguments come to: one, or the entries of a list."""
    if len(values) == 1:
        return values[0]
    if scope.rule.split(" ")[0] not in _SEVERAL:
        raise Refused("%s takes one value, not %d; scope:info %s tells which", scope.name, len(values), scope.name)
    return values


_SEVERAL = ("list", "words", "hosts", "ports", "address-list", "smart-host", "any")


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
    return None if scope.default is None else rules.take(scope.rule, scope.default)


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
        name = rules.take("word", values[0])
    except ValueError:
        raise Refused("%s: %s is not a name", scope.name, shown(values[0])) from None
    present = _read_keyed(ctx, scope, ())
    return put(ctx.db, scope.name, {**present, name: _taken(scope, values[1])})


def _read_setting(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return _part(scope, ctx.settings[scope.of], more)


def _write_setting(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    return put(ctx.db, scope.of, _taken(scope, _single(scope, values)))


def _fields(scope: Scope) -> dict[str, str]:
    pairs = [entry.rpartition("=") for entry in scope.of.split(",")]
    return {name or key: key for name, _, key in pairs}


def _read_settings(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    found = {name: ctx.settings[key] for name, key in _fields(scope).items()}
    return _part(scope, found if "=" in scope.of else list(found.values()), more)


def _write_settings(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    given = _by_field(scope, values)
    checked = {key: config_ini.checked(ctx, KEYS[key], one) for key, one in given.items()}
    return True in [put(ctx.db, key, one) for key, one in checked.items()]


def _by_field(scope: Scope, values: list[Any]) -> dict[str, Any]:
    """Return what is given by the key of config.ini that it sets."""
    fields, given = _fields(scope), values[0] if len(values) == 1 else values
    if "=" not in scope.of:
        parts = _taken(scope, given)
        if len(parts) != len(fields):
            raise Refused("%s: %s is not a list of %d", scope.name, shown(given), len(fields))
        return dict(zip(fields.values(), parts, strict=True))
    if not isinstance(given, dict) or not given or not set(given) <= set(fields):
        raise Refused("%s: %s is not a map of %s", scope.name, shown(given), ", ".join(fields))
    return {fields[name]: one for name, one in given.items()}


def _read_list(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return _part(scope, " ".join(bans.listed(ctx, scope.of)), more)


def _write_list(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    wanted = [entry for entry in _taken(scope, _single(scope, values)).split(",") if entry]
    present = bans.listed(ctx, scope.of)
    for gone in [] if scope.append else [entry for entry in present if entry not in wanted]:
        bans.lift(ctx, gone, scope.of)
    for fresh in [entry for entry in wanted if entry not in present]:
        bans.put(ctx, fresh, scope.of, seconds=None, reason=f"scope {scope.name}")
    return bans.listed(ctx, scope.of) != present


def _read_config(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    if len(more) > 2:
        raise Refused("%s takes a section and a key, not %d names", scope.name, len(more))
    return config_ini.get(ctx, *(str(name) for name in more))


def _write_config(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    if len(values) != 3:
        raise Refused("%s takes section, key and value ('' for none), not %d values", scope.name, len(values))
    return config_ini.set_value(ctx, str(values[0]), str(values[1]), values[2])


def _read_action(ctx: Context, scope: Scope, more: Sequence[Any]) -> Any:
    return _part(scope, scope.default, more)


def _write_action(ctx: Context, scope: Scope, values: list[Any]) -> bool:
    for value in values:
        _taken(scope, value)
    ctx.info("%s: an emulated server has nothing to do for this", scope.name)
    return False


STATES: Mapping[str, State] = {
    "kept": State(_read_kept, _write_kept),
    "keyed": State(_read_keyed, _write_keyed),
    "setting": State(_read_setting, _write_setting),
    "settings": State(_read_settings, _write_settings),
    "list": State(_read_list, _write_list),
    "config": State(_read_config, _write_config),
    "action": State(_read_action, _write_action),
}
