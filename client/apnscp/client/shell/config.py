"""Which panel a command line speaks to, and with which key.

Each source may name a part of it; the first that names the address decides: flags, the profile named by
``--profile`` or ``APNSCP_PROFILE``, ``APNSCP_URL`` with ``APNSCP_KEY`` and ``APNSCP_CA``, the default profile of
``~/.config/cpcmd/config.toml``, and the file that a local server leaves in its state directory. A key, certificate or
``insecure`` that was set together with one address is never used for another.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apnscp.client.connection.endpoint import base_url
from apnscp.client.errors import ApisError

TIMEOUT = 300.0
HINT = "start one with `make serve', name one with --url and --key, or make a profile with `cpcmd configure'"


class ConfigError(ApisError):
    """No panel or key is known, or a file that should name them cannot be used."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says; None where it says nothing."""

    url: str | None = None
    key: str | None = field(default=None, repr=False)
    cacert: str | None = None
    insecure: bool | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A panel and how to speak to it.

    url: scheme, host and port
    key: API key
    cacert: PEM file with the certificates to trust, None for the system's
    verify: whether the panel's certificate is checked
    timeout: seconds to wait for the connection and for each piece of an answer
    """

    url: str
    key: str = field(repr=False)
    cacert: str | None = None
    verify: bool = True
    timeout: float = TIMEOUT


def resolve(flags: Source, profile: str | None = None, environ: Mapping[str, str] = os.environ) -> Target:
    """Settle which panel to call.

    flags: what the command line says
    profile: name of a profile, as ``--profile`` gives it
    environ: the environment
    Raises ConfigError when no source names a panel, or none a key for it.
    """
    passed: list[Source] = []
    url = None
    for source in _sources(flags, profile, environ):
        address = _base(source.url)
        if url is None or address in (None, url):
            passed.append(source)
            url = url or address
        if url and any(known.key for known in passed):
            break
    if url is None:
        raise ConfigError(f"No panel is known; {HINT}")
    return _target(url, passed)


def profiles(environ: Mapping[str, str] = os.environ) -> tuple[dict[str, Source], str | None]:
    """Read the profiles and the name of the default one.

    Raises ConfigError when the file is there and cannot be used.
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
    return {name: _source(table, f"{path}: profile `{name}'") for name, table in tables.items()}, document.get(
        "default"
    )


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where the profiles are."""
    return _base_dir(environ, "XDG_CONFIG_HOME", ".config") / "cpcmd" / "config.toml"


def cache_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where answers that change seldom are kept."""
    return _base_dir(environ, "XDG_CACHE_HOME", ".cache") / "apnscp"


def endpoint_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file in which a local server says where it is."""
    state = environ.get("APNSCP_STATE_DIR")
    directory = Path(state).expanduser() if state else _base_dir(environ, "XDG_STATE_HOME", ".local/state") / "apnscp"
    return directory / "endpoint.json"


def _sources(flags: Source, profile: str | None, environ: Mapping[str, str]) -> Iterator[Source]:
    """Yield the sources from the strongest to the weakest, each read only when it is asked for."""
    yield flags
    profile = profile or environ.get("APNSCP_PROFILE")
    if profile:
        yield _named(profile, environ)
    yield Source(environ.get("APNSCP_URL") or None, environ.get("APNSCP_KEY") or None, environ.get("APNSCP_CA") or None)
    known, default = profiles(environ)
    if default in known and not profile:
        yield known[default]
    yield from _local(endpoint_path(environ))


def _named(profile: str, environ: Mapping[str, str]) -> Source:
    known, _ = profiles(environ)
    if profile not in known:
        there = f"known are {', '.join(sorted(known))}" if known else "there are none yet"
        raise ConfigError(f"Unknown profile `{profile}'; {there}, and `cpcmd configure' makes one")
    return known[profile]


def _local(path: Path) -> Iterator[Source]:
    """Yield what a local server left: its plain address, and the one that speaks TLS."""
    try:
        note = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if not isinstance(note, dict):
        raise ConfigError(f"{path} must hold a map")
    for address in filter(None, (note.get("url"), note.get("tls_url"))):
        said = {"url": address, "key": note.get("key"), "cacert": note.get("ca")}
        yield _source({name: text for name, text in said.items() if text is not None}, str(path))


FIELDS: dict[str, tuple[type, ...]] = {
    "url": (str,),
    "key": (str,),
    "cacert": (str,),
    "insecure": (bool,),
    "timeout": (int, float),
}
"""What a profile may hold, and of which type."""


def _source(table: Any, where: str) -> Source:
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table")
    for name, kinds in FIELDS.items():
        if name in table and type(table[name]) not in kinds:
            raise ConfigError(f"{where}: `{name}' must be {' or '.join(kind.__name__ for kind in kinds)}")
    return Source(**{name: table[name] for name in FIELDS if name in table})


def _target(url: str, sources: list[Source]) -> Target:
    def first(name: str, default: Any = None) -> Any:
        said = (getattr(source, name) for source in sources)
        return next((value for value in said if value is not None), default)

    key = first("key")
    if not key:
        raise ConfigError(f"No API key is known for {url}; {HINT}")
    return Target(url, key, first("cacert"), not first("insecure", False), float(first("timeout", TIMEOUT)))


def _base(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return base_url(url)
    except ApisError as error:
        raise ConfigError(error.text) from error


def _base_dir(environ: Mapping[str, str], variable: str, home: str) -> Path:
    named = environ.get(variable, "")
    return Path(named) if named.startswith("/") else Path(environ.get("HOME") or Path.home()) / home
