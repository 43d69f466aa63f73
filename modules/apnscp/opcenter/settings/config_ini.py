"""config.ini as the scope cp.config shows and changes it: section, key, value (docs/panel.md, sections 16 and 31)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any, TypeAlias

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.settings import rules
from apnscp.opcenter.settings.config import KEYS, Key, put

PlanNames: TypeAlias = Callable[[], Collection[str]]
"""Returns the names of all plans; called only when a setting must name one of them."""


def get(ctx: Context, section: str | None = None, key: str | None = None) -> Any:
    """Return one value, the keys of a section, or all sections.

    Raises Refused for an unknown section or key.
    """
    if section is None:
        return {name: _section(ctx, name) for name in _sections()}
    name = _section_named(section)
    return _section(ctx, name) if key is None else _value(ctx, _key_named(name, key))


def set_value(ctx: Context, section: str, key: str, value: Any, plan_names: PlanNames) -> bool:
    """Set a key; tell whether that changed anything.

    value: in the weak form of a client; the type of the key's default decides what it becomes
    Raises Refused for an unknown or protected key, and when the key cannot hold the value.
    """
    chosen = _key_named(_section_named(section), key)
    if chosen.protected:
        way = "the panel decides it" if chosen.protected == "yes" else f"scope:set {chosen.protected} sets it"
        raise Refused("%s is protected; %s", chosen.name, way)
    return put(ctx.db, chosen.name, checked(chosen, value, plan_names))


def checked(key: Key, value: Any, plan_names: PlanNames) -> Any:
    """Return the form of a value that is kept for a key; raises Refused when the key cannot hold it."""
    rule = key.rule or rules.rule_of(key.default)
    try:
        taken = rules.check(rule, value)
    except ValueError:
        raise Refused("%s: %s is not %s", key.name, shown(value), rules.wording(rule)) from None
    if rule == "existing-plan" and taken not in plan_names():
        raise Refused("%s: unknown plan `%s'; admin:list-plans names them all", key.name, taken)
    return taken


def _sections() -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in KEYS))


def _section(ctx: Context, section: str) -> dict[str, Any]:
    found = [key for name, key in KEYS.items() if name.startswith(f"{section}.")]
    return {key.name.partition(".")[2]: _value(ctx, key) for key in found}


def _value(ctx: Context, key: Key) -> Any:
    known = ctx.settings
    return known.get(key.protected, known[key.name])


def _section_named(section: str) -> str:
    name = section.strip().lower()
    if name not in _sections():
        raise Refused("Unknown section %s; %s", shown(section), _nearest(name, _sections()))
    return name


def _key_named(section: str, key: str) -> Key:
    name = f"{section}.{key.strip().lower()}"
    keys = [known.partition(".")[2] for known in KEYS if known.startswith(f"{section}.")]
    if name not in KEYS:
        raise Refused("Unknown key %s in [%s]; %s", shown(key), section, _nearest(key.strip().lower(), keys))
    return KEYS[name]


def _nearest(name: str, names: Collection[str]) -> str:
    near = get_close_matches(name, names, 1, 0.6)
    return f"did you mean `{near[0]}'?" if near else f"there are {', '.join(names)}"
