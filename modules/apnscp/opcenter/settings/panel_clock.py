"""The panel's clock as the store keeps it."""

from __future__ import annotations

import json

from sqlalchemy import Connection

from apnscp.core.clock import Clock
from apnscp.opcenter.store.facts import begin_generation, fact, set_fact


def load(db: Connection) -> Clock:
    """Return the clock that the store keeps, a running one without any offset by default."""
    return Clock(**json.loads(fact(db, "clock", "{}")))


def turn(db: Connection, clock: Clock) -> None:
    """Keep another clock; all workers follow at their next call."""
    set_fact(db, "clock", json.dumps({"offset": clock.offset, "frozen_at": clock.frozen_at}))
    begin_generation(db)
