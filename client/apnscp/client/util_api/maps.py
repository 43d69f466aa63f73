"""Answers that are maps: PHP writes an array with the keys 0, 1, 2 ..., and one without keys, as a list."""

from __future__ import annotations

from typing import Any

from apnscp.client.util_api.answers import MAPS
from apnscp.wire.soap.kinds import Value


class EmptyMap(dict[Any, Any]):
    """A map without keys, as a method that answers maps gives it when there is nothing.

    It equals ``[]`` as well as ``{}`` while it is empty: that is how it came, and what earlier versions gave.
    """

    __hash__ = None

    def __eq__(self, other: object) -> bool:
        """Compare as a map, and with the empty list."""
        return (not self and other == []) or dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        """Tell the opposite."""
        return not self == other


def as_declared(method: str, value: Value) -> Value:
    """Return the answer of a method, as a map where the method answers maps.

    method: name on the wire; one that this client does not know is left as it came
    """
    if method in MAPS and isinstance(value, list):
        return dict(enumerate(value)) if value else EmptyMap()
    return value
