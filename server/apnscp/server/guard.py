"""The brute-force guard at work: failures written at once, so that all workers know them at the next call.

A failure is one small transaction of its own. It runs where the call runs, so it waits for other writers only briefly;
then it joins the batch of what outlives rollbacks instead.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from apnscp.core.context import Aside, Panel
from apnscp.core.errors import Busy
from apnscp.opcenter import anvil
from apnscp.opcenter.store import LOCK_TIMEOUT, writing

log = logging.getLogger("apnscp.guard")
PATIENCE_MS = 200
"""Milliseconds that a failure waits for another writer."""
PRUNED_EVERY = 256


class Guard:
    """Counts failures and says how long the answer to one is held back."""

    def __init__(self, panel: Panel) -> None:
        """Guard `panel`."""
        self._panel = panel
        self._noted = 0

    def failed(self, address: str, settings: Mapping[str, Any], now: int) -> float:
        """Count a failure of an address and return the seconds by which its answer is held back."""
        if int(settings["anvil.limit"]) < 1 or anvil.is_exempt(address, settings):
            return 0.0
        counted = anvil.counted_under(address)
        self._noted += 1
        if self._noted % PRUNED_EVERY == 0:
            self._panel.aside(lambda db: anvil.prune(db, settings, now))
        count = self._note(counted, settings, now)
        log.warning("failed authentication from %s, number %s", address, count or "unknown")
        return anvil.LONGEST_DELAY if count is None else anvil.delay(count, settings)

    def refused(self, address: str, settings: Mapping[str, Any], now: int) -> None:
        """Count an attempt of an address that is locked out already, without hurry."""
        counted = anvil.counted_under(address)
        self._panel.aside(lambda db: anvil.count_refused(db, counted, now))

    def soon(self, work: Aside) -> None:
        """Carry out a small change now if the store is free, else with the next batch."""
        try:
            with _writing_soon(self._panel.engine) as db:
                work(db)
        except (Busy, DBAPIError) as error:
            log.info("a change is written later: %s", error)
            self._panel.aside(work)

    def _note(self, counted: str, settings: Mapping[str, Any], now: int) -> int | None:
        """Write a failure now and return the number of failures, None when it had to be queued."""
        try:
            with _writing_soon(self._panel.engine) as db:
                return anvil.note(db, counted, settings, now)
        except (Busy, DBAPIError) as error:
            log.info("a failure is counted later: %s", error)
            self._panel.aside(lambda db: _drop(anvil.note(db, counted, settings, now)))
            return None


@contextmanager
def _writing_soon(engine: Engine) -> Iterator[Connection]:
    """Open a writing transaction that waits for others only briefly."""
    with engine.connect() as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        try:
            if on_sqlite:
                _wait_at_most(connection, PATIENCE_MS)
            with writing(engine, connection) as db:
                if not on_sqlite:
                    db.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE_MS}ms'")
                yield db
        finally:
            if on_sqlite:
                _wait_at_most(connection, LOCK_TIMEOUT * 1000)


def _wait_at_most(connection: Connection, milliseconds: int) -> None:
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={milliseconds:d}")
    cursor.close()


def _drop(_: object) -> None:
    """Forget a value that a queued change has no use for."""
