"""The short way of a request: one that was read before, byte for byte, asks for the same again.

Billing modules send a few small requests over and over. What such a request says depends on its bytes alone, so reading
it a second time, by libxml2 and through Spyne, finds nothing new. Who sends it is asked each time. Everything else takes
the long way, which is also the one that makes a request known: SOAP 1.2, headers, compression, arrays, whatever writes,
and whatever may hold a secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from apnscp.core.coerce import ABSENT
from apnscp.core.registry import Command
from apnscp.wire.soap.request import Request
from apnscp.wire.soap.version import SOAP_11

LONGEST = 2_048
"""Bytes of a request that is remembered."""
MOST = 512
"""Requests that are remembered at once."""
_PLAIN = (str, int, float, bool, type(None), type(ABSENT))


class KnownRequest(NamedTuple):
    """What a request asks for: the method, and its arguments as the wire carried them, none of which can be changed."""

    command: Command
    given: tuple[Any, ...]


class KnownRequests:
    """What was read of small requests, by their bytes and Content-Type."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[tuple[bytes, str | None], KnownRequest] = {}

    def find(self, body: bytes, content_type: str | None) -> KnownRequest | None:
        """Return what a request asks for, None for one that must be read."""
        return self._known.get((body, content_type)) if len(body) <= LONGEST else None

    def learn(
        self, body: bytes, content_type: str | None, read: Request, command: Command, given: Sequence[Any]
    ) -> None:
        """Keep what was read of a request, if it is a plain one."""
        if len(body) <= LONGEST and _is_plain(read, command, given):
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[body, content_type] = KnownRequest(command, tuple(given))


def _is_plain(read: Request, command: Command, given: Sequence[Any]) -> bool:
    return (
        read.version is SOAP_11
        and not read.has_header
        and command.mode == "read"
        and not any(parameter.type.secret for parameter in command.parameters)
        and all(type(value) in _PLAIN for value in given)
    )
