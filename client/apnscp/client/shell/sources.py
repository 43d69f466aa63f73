"""What a source, such as the flags, a profile or a local server's file, says about the panel to call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apnscp.client.errors import ApisError


class ConfigError(ApisError):
    """No panel or key is known, or a file that should name them cannot be used."""


@dataclass(frozen=True, slots=True)
class Source:
    """What one source says; None where it says nothing.

    url: host name, address or URL of the panel
    key: API key
    cacert: PEM file with the certificates to trust
    insecure: whether the panel's certificate is not checked
    timeout: seconds
    """

    url: str | None = None
    key: str | None = field(default=None, repr=False)
    cacert: str | None = None
    insecure: bool | None = None
    timeout: float | None = None


TYPES: dict[str, tuple[type, ...]] = {
    "url": (str,),
    "key": (str,),
    "cacert": (str,),
    "insecure": (bool,),
    "timeout": (int, float),
}
"""Field of `Source` -> the types that a file may give it."""


def source_of(table: Any, where: str) -> Source:
    """Return what a table of a file says; names that are not in `TYPES` are ignored.

    where: file and place, for messages
    Raises ConfigError for what is not a table, and for a value of another type.
    """
    if not isinstance(table, dict):
        raise ConfigError(f"{where} must be a table")
    for name, types in TYPES.items():
        if name in table and type(table[name]) not in types:
            raise ConfigError(f"{where}: `{name}' must be {' or '.join(kind.__name__ for kind in types)}")
    return Source(**{name: table[name] for name in TYPES if name in table})
