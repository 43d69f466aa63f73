"""The panel's own settings: config.ini as published, overlaid with what this panel was told.

Names are ``section.key``. Defaults, protected keys and what a value may be stand in data/config_ini.tsv; its column
`source` tells keys of the published list (list) from those that the documentation only names (text) and our own
(emulator) (docs/panel.md, section 31).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from apnscp.core.data_files import rows_of
from apnscp.core.panel_settings import PanelSettings
from apnscp.opcenter.settings.tables import setting_table
from apnscp.opcenter.store.facts import begin_generation

_WORDS = {"true": True, "false": False, "null": None, "": None, "${debug}": False, "!${development}": True}
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?\Z", re.ASCII)
_HOSTNAME = "${HOSTNAME}"


def ini_value(text: str) -> Any:
    """Return a config.ini value as PHP reads it: quotes off, booleans, null and whole numbers by their type."""
    word = text.strip().lower()
    if word in _WORDS:
        return _WORDS[word]
    bare = text.strip().strip("\"'")
    if not _NUMBER.match(bare) or bare != text.strip():
        return bare
    return float(bare) if "." in bare else int(bare)


@dataclass(frozen=True)
class Key:
    """A key of config.ini.

    protected: what keeps it from being set: empty, "yes", or the name of the scope that sets it instead
    rule: what a value may be, empty for the type of the default
    secret: whether its value must not be shown in the journal
    """

    name: str
    default: Any
    protected: str
    rule: str
    secret: bool = False


def _keys() -> dict[str, Key]:
    rows = rows_of("apnscp.opcenter.settings", "config_ini.tsv")
    names = [f"{row['section']}.{row['key']}" for row in rows]
    values = [ini_value(row["default_in_docs"]) for row in rows]
    return {
        name: Key(name, value, row["protected"], row["rule"] or "", bool(row["secret"]))
        for name, value, row in zip(names, values, rows, strict=True)
    }


KEYS: Mapping[str, Key] = _keys()
DEFAULTS: Mapping[str, Any] = {key.name: key.default for key in KEYS.values()}


DEFAULT_SETTINGS = PanelSettings(DEFAULTS)
"""The settings of a panel that was told nothing."""


def load(db: Connection) -> PanelSettings:
    """Return all settings, the defaults overlaid with what is kept in the store."""
    overrides = {row.name: row.value for row in db.execute(select(setting_table))}
    values = {**DEFAULTS, **overrides}
    host = str(values["core.hostname"])
    return PanelSettings(
        {name: value.replace(_HOSTNAME, host) if isinstance(value, str) else value for name, value in values.items()}
    )


def put(db: Connection, name: str, value: Any) -> bool:
    """Keep a setting, or delete it where it equals the default; tell whether that changed anything.

    A change begins a new generation, so that every worker sees it at its next call; the present value begins none.
    """
    override = db.execute(select(setting_table.c.value).where(setting_table.c.name == name)).first()
    is_default = name in DEFAULTS and same(DEFAULTS[name], value)
    unchanged = is_default if override is None else same(override[0], value)
    if unchanged:
        return False
    # first of all, since that waits for another call that is changing settings
    begin_generation(db)
    db.execute(delete(setting_table).where(setting_table.c.name == name))
    if not is_default:
        db.execute(insert(setting_table).values(name=name, value=value))
    return True


def same(first: Any, second: Any) -> bool:
    """Tell whether two values are the same in type as well: true is not 1."""
    return json.dumps(first) == json.dumps(second)


SPANS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000}
SPAN = re.compile(r"([1-9]\d{0,8})(?: (" + "|".join(SPANS) + r")s?)?", re.ASCII)
"""A span as it is kept: "15 minutes", or a number of seconds."""


def seconds(text: Any) -> int:
    """Return a span in seconds; raises ValueError for anything that SPAN does not match."""
    found = SPAN.fullmatch(str(text))
    if found is None:
        raise ValueError(f"not a span: {text!r}")
    return int(found[1]) * SPANS[found[2] or "second"]


def span(known: Mapping[str, Any], name: str) -> int:
    """Return a setting that holds a span, in seconds; its default when the store holds something else.

    known: the panel's settings
    """
    try:
        return seconds(known[name])
    except ValueError:
        return seconds(DEFAULTS[name])
