"""The panel's settings as one reads them: by name, with the type that the reader needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any


class PanelSettings(Mapping[str, Any]):
    """All settings at one moment; names are ``section.key`` of config.ini, or a scope.

    As a mapping it gives values as they are kept. The methods give them in one type and raise KeyError for a name that
    no setting has.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Keep `values`, which nobody changes afterwards."""
        self._values = MappingProxyType(dict(values))

    def __getitem__(self, name: str) -> Any:
        """Return a value as it is kept."""
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._values)

    def __len__(self) -> int:
        """Return how many settings there are."""
        return len(self._values)

    def flag(self, name: str) -> bool:
        """Tell whether a switch is on."""
        return bool(self._values[name])

    def number(self, name: str) -> int:
        """Return a whole number; an empty setting is 0."""
        return int(self._values[name] or 0)

    def text(self, name: str) -> str:
        """Return a setting as text; an empty one is ''."""
        value = self._values[name]
        return "" if value is None else str(value)
