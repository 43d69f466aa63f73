"""Which panel a command line calls, and with which key.

Each source may name a part of it; the first that names the address decides: flags, the profile named by
``--profile`` or ``APNSCP_PROFILE``, ``APNSCP_URL`` with ``APNSCP_KEY`` and ``APNSCP_CA``, the default profile of
``~/.config/cpcmd/config.toml``, and the file that a local server leaves in its state directory. A key, certificate or
``insecure`` that was set together with one address is never used for another.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apnscp.client.connection.address import TIMEOUT, Address, base_url
from apnscp.client.errors import ApisError
from apnscp.client.shell.files import endpoint_path
from apnscp.client.shell.profiles import read_profiles
from apnscp.client.shell.sources import ConfigError, Source, source_of

HINT = "start one with `make serve', name one with --url and --key, or make a profile with `cpcmd configure'"


def resolve(flags: Source, profile: str | None = None, environ: Mapping[str, str] = os.environ) -> Address:
    """Return the address of the panel to call.

    flags: what the command line says
    profile: name of a profile, as ``--profile`` gives it
    environ: the environment
    Raises ConfigError when no source names a panel, or none has a key for it.
    """
    used: list[Source] = []
    base = None
    for source in _sources(flags, profile, environ):
        named = _base(source.url)
        if base is None or named in (None, base):
            used.append(source)
            base = base or named
        if base and any(source.key for source in used):
            break
    if base is None:
        raise ConfigError(f"No panel is known; {HINT}")
    return _address(base, used)


def _sources(flags: Source, profile: str | None, environ: Mapping[str, str]) -> Iterator[Source]:
    """Yield the sources from the strongest to the weakest; each is read only when it is needed."""
    yield flags
    profile = profile or environ.get("APNSCP_PROFILE")
    if profile:
        yield _profile(profile, environ)
    yield Source(environ.get("APNSCP_URL") or None, environ.get("APNSCP_KEY") or None, environ.get("APNSCP_CA") or None)
    profiles, default = read_profiles(environ)
    if default in profiles and not profile:
        yield profiles[default]
    yield from _local_server(endpoint_path(environ))


def _profile(name: str, environ: Mapping[str, str]) -> Source:
    profiles, _ = read_profiles(environ)
    if name not in profiles:
        existing = f"known are {', '.join(sorted(profiles))}" if profiles else "there are none yet"
        raise ConfigError(f"Unknown profile `{name}'; {existing}, and `cpcmd configure' makes one")
    return profiles[name]


def _local_server(path: Path) -> Iterator[Source]:
    """Yield what a local server left: its HTTP address, and its TLS address."""
    try:
        endpoint = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from error
    if not isinstance(endpoint, dict):
        raise ConfigError(f"{path} must hold a map")
    for url in filter(None, (endpoint.get("url"), endpoint.get("tls_url"))):
        values = {"url": url, "key": endpoint.get("key"), "cacert": endpoint.get("ca")}
        yield source_of({name: value for name, value in values.items() if value is not None}, str(path))


def _address(base: str, sources: list[Source]) -> Address:
    def first(name: str, default: Any = None) -> Any:
        values = (getattr(source, name) for source in sources)
        return next((value for value in values if value is not None), default)

    key = first("key")
    if not key:
        raise ConfigError(f"No API key is known for {base}; {HINT}")
    return Address(
        base,
        key,
        cacert=first("cacert"),
        verify=not first("insecure", False),
        timeout=float(first("timeout", TIMEOUT)),
    )


def _base(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return base_url(url)
    except ApisError as error:
        raise ConfigError(error.text) from error
