"""The profiles of ``~/.config/cpcmd/config.toml``: named panels with their keys."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import fields

from apnscp.client.shell.files import config_path, write_private
from apnscp.client.shell.sources import ConfigError, Source, source_of

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def read_profiles(environ: Mapping[str, str] = os.environ) -> tuple[dict[str, Source], str | None]:
    """Return the profiles by name, and the name of the default one.

    Raises ConfigError when the file exists and cannot be used.
    """
    path = config_path(environ)
    if not path.exists():
        return {}, None
    import tomllib

    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    tables = document.get("profiles", {})
    if not isinstance(tables, dict):
        raise ConfigError(f"{path}: `profiles' must be a table")
    profiles = {name: source_of(table, f"{path}: profile `{name}'") for name, table in tables.items()}
    return profiles, document.get("default")


def write_profiles(profiles: Mapping[str, Source], default: str | None) -> None:
    """Replace the file; only its owner can read it.

    default: name of the profile that is used where none is named
    Raises ConfigError when it cannot be written.
    """
    path = config_path()
    try:
        write_private(path, toml(profiles, default))
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error}") from error


def toml(profiles: Mapping[str, Source], default: str | None) -> str:
    """Return profiles as TOML, which the standard library can only read."""
    lines = [f"default = {_toml_value(default)}"] if default else []
    for name, source in profiles.items():
        lines += ["", f"[profiles.{name if _BARE_KEY.fullmatch(name) else _toml_value(name)}]"]
        values = {field.name: getattr(source, field.name) for field in fields(source)}
        lines += [f"{field} = {_toml_value(value)}" for field, value in values.items() if value is not None]
    return "\n".join([*lines, ""]).lstrip("\n")


def _toml_value(value: str | bool | float) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
