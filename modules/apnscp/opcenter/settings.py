"""The panel's own settings: config.ini as published, overlaid with what this panel was told.

Names are ``section.key``. Defaults come from data/config_ini.tsv and from EXTRA, the keys that the documentation names
without listing (docs/panel.md, section 31).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from apnscp.core.context import Context, Panel
from apnscp.opcenter.schema import setting
from apnscp.opcenter.store import bump

EXTRA: dict[str, Any] = {
    "auth.show_suspension_reason": True,
    "auth.totp_bits": 160,
    "rampart.delegation_set": "ignorelist",
    "rampart.speculative_whitelisting": 300,
    "frontend.https_only": False,
    "letsencrypt.auto_bootstrap": False,
    "dns.proxyaddr": None,
    "core.hostname": "panel.example.test",
    "core.admin_user": "admin",
}
_WORDS = {"true": True, "false": False, "null": None, "": None}


def data_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table in this package's data folder."""
    text = files("apnscp.opcenter").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def ini_value(text: str) -> Any:
    """Return a config.ini value as PHP reads it: quotes off, booleans, null and whole numbers by their type."""
    bare = text.strip().strip("\"'")
    if text.strip().lower() in _WORDS:
        return _WORDS[text.strip().lower()]
    digits = bare.removeprefix("-")
    return int(bare) if digits.isdigit() and (digits == "0" or not digits.startswith("0")) else bare


def _published() -> dict[str, Any]:
    return {f"{row['section']}.{row['key']}": ini_value(row["default_in_docs"]) for row in data_rows("config_ini.tsv")}


DEFAULTS: Mapping[str, Any] = _published() | EXTRA


def load(db: Connection) -> Mapping[str, Any]:
    """Return all settings, the defaults overlaid with what is kept in the store."""
    kept = db.execute(select(setting.c.name, setting.c.value)).all()
    return {**DEFAULTS, **{name: json.loads(value) for name, value in kept}}


def settings(ctx: Context) -> Mapping[str, Any]:
    """Return the panel's settings as of the present generation."""
    return of_panel(ctx.panel, ctx.db)


def of_panel(panel: Panel, db: Connection) -> Mapping[str, Any]:
    """Return the settings of a panel, read once per generation."""
    return panel.cached("settings", lambda: load(db))


def put(db: Connection, name: str, value: Any) -> None:
    """Keep a setting, or forget it where it equals the default; begins a new generation."""
    db.execute(delete(setting).where(setting.c.name == name))
    if name not in DEFAULTS or DEFAULTS[name] != value:
        db.execute(insert(setting).values(name=name, value=json.dumps(value)))
    bump(db)


SPANS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2592000, "year": 31536000}


def seconds(text: Any) -> int:
    """Return a span such as "15 minutes", or a number of seconds, in seconds."""
    words = str(text).split()
    if len(words) == 2 and words[0].isdigit() and words[1].rstrip("s") in SPANS:
        return int(words[0]) * SPANS[words[1].rstrip("s")]
    return int(words[0])
