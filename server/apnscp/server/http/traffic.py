"""What a worker is busy with: its connections, their deadlines, and the requests that are not answered yet."""

from __future__ import annotations

import asyncio
from heapq import nsmallest
from math import inf
from typing import Protocol

from apnscp.core.clock import monotonic

TICK = 0.25
"""Seconds between two looks at the deadlines; none is looked at while there is no connection."""
EVICTED = 16
"""Connections that are closed at once where there are too many."""


class Timed(Protocol):
    """A connection with a deadline."""

    @property
    def deadline(self) -> float:
        """When it has taken too long, in seconds of the monotonic clock; infinite while the client need do nothing."""

    @property
    def idle(self) -> bool:
        """Whether no request has begun on it."""

    @property
    def busy(self) -> bool:
        """Whether a request has arrived on it, at least its head, that is not answered."""

    def expire(self) -> None:
        """End what takes too long; called once the deadline is over."""

    def close(self) -> None:
        """Close the connection, which is idle."""


class Traffic:
    """All connections of a worker.

    stopping: whether the worker is told to end, so that each answer ends its connection
    """

    def __init__(self, most: int) -> None:
        """Hold no more than `most` connections."""
        self.stopping = False
        self._most = most
        self._connections: set[Timed] = set()
        self._ticking = False

    def add(self, connection: Timed) -> None:
        """Watch a connection; where there are too many, those that have waited longest make room."""
        if len(self._connections) >= self._most:
            self._make_room()
        self._connections.add(connection)
        if not self._ticking:
            self._ticking = True
            asyncio.get_running_loop().call_later(TICK, self._tick)

    def discard(self, connection: Timed) -> None:
        """Forget a connection."""
        self._connections.discard(connection)

    @property
    def in_flight(self) -> int:
        """How many connections have a request that is not answered."""
        return sum(each.busy for each in self._connections)

    def close_idle(self) -> None:
        """Close the connections on which no request has begun."""
        for each in [each for each in self._connections if each.idle]:
            each.close()

    def _make_room(self) -> None:
        waiting = [each for each in self._connections if each.deadline < inf]
        for each in nsmallest(EVICTED, waiting, key=lambda one: one.deadline):
            each.expire()

    def _tick(self) -> None:
        now = monotonic()
        for each in [each for each in self._connections if each.deadline < now]:
            each.expire()
        self._ticking = bool(self._connections)
        if self._ticking:
            asyncio.get_running_loop().call_later(TICK, self._tick)
