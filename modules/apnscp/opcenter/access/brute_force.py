"""The brute-force guard: failures counted per client address, in the store, for all workers.

[anvil] limit failures within ttl seconds, and the address is refused for the rest of these seconds; from min_attempts
on each refusal is answered later than the one before (docs/panel.md, section 4). IPv6 counts by /64: one customer of
a provider has that many addresses.

A failure is one small transaction of its own. It runs where the call runs, so it waits for other writers only briefly;
then it joins the batch of what outlives rollbacks instead.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, delete, select, text, update

from apnscp.core.context import Deferred, Panel
from apnscp.core.errors import Busy, LockedOut, StoreUnavailable
from apnscp.core.panel_settings import PanelSettings
from apnscp.opcenter.access.tables import failure_table
from apnscp.opcenter.services import networks
from apnscp.opcenter.store.transactions import writing

log = logging.getLogger("apnscp.guard")
PATIENCE = 0.2
"""Seconds that a failure waits for another writer."""
PRUNED_EVERY = 256
FIRST_DELAY = 0.25
LONGEST_DELAY = 4.0
"""Seconds: the delay doubles from the first to the longest."""

_NOTE = text(
    "INSERT INTO failure (address, count, since) VALUES (:address, 1, :now) "
    "ON CONFLICT (address) DO UPDATE SET "
    "count = CASE WHEN failure.since > :begin AND failure.since <= :now THEN failure.count + 1 ELSE 1 END, "
    "since = CASE WHEN failure.since > :begin AND failure.since <= :now THEN failure.since ELSE :now END "
    "RETURNING count"
)


@dataclass(frozen=True, slots=True)
class Failures:
    """How often an address failed since a Unix time."""

    count: int
    since: int


@lru_cache(maxsize=4096)
def counted_under(address: str) -> str:
    """Return what an address is counted as: itself, or its /64 for IPv6."""
    try:
        return networks.customer_block(address)
    except ValueError:
        return address[:45]


def is_exempt(address: str, settings: PanelSettings) -> bool:
    """Tell whether [anvil] whitelist, a list of addresses and ranges, holds an address."""
    return networks.covers(settings.text("anvil.whitelist"), address)


def load_failures(db: Connection, address: str) -> Failures | None:
    """Return the failures of an address as counted under `counted_under`."""
    row = db.execute(
        select(failure_table.c.count, failure_table.c.since).where(failure_table.c.address == address)
    ).first()
    return None if row is None else Failures(row[0], row[1])


def require_unlocked(failures: Failures, address: str, settings: PanelSettings, now: int) -> None:
    """Raise LockedOut when an address has used up its failures, unless it is exempt."""
    limit, ttl = settings.number("anvil.limit"), settings.number("anvil.ttl")
    left = failures.since + ttl - now
    if 0 < limit <= failures.count and 0 < left <= ttl and not is_exempt(address, settings):
        raise LockedOut(
            "Too many failed attempts from %s; try again in %d seconds ([anvil] limit, ttl)", address, left,
            retry_after=left,
        )  # fmt: skip


def count_failure(db: Connection, counted: str, settings: PanelSettings, now: int) -> int:
    """Count a failure and return how many there were in the time that counts."""
    values = {"address": counted, "now": now, "begin": now - settings.number("anvil.ttl")}
    return int(db.execute(_NOTE, values).scalar_one())


def count_refused(db: Connection, counted: str, attempts: int) -> None:
    """Count attempts of an address that is refused already; its time does not begin anew."""
    values = {"count": failure_table.c.count + attempts}
    db.execute(update(failure_table).where(failure_table.c.address == counted).values(values))


def delay(count: int, settings: PanelSettings) -> float:
    """Return the seconds by which the answer to the `count`-th failure is held back."""
    beyond = count - settings.number("anvil.min_attempts")
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(beyond, 10)) if beyond >= 0 else 0.0


def prune_failures(db: Connection, settings: PanelSettings, now: int) -> None:
    """Delete what no longer counts."""
    db.execute(delete(failure_table).where(failure_table.c.since <= now - settings.number("anvil.ttl")))


class BruteForceGuard:
    """Counts failures and says how long the answer to one is held back."""

    def __init__(self, panel: Panel) -> None:
        """Guard `panel`."""
        self._panel = panel
        self._noted = 0
        self._refused: Counter[str] = Counter()
        self._lock = threading.Lock()

    def failed(self, address: str, settings: PanelSettings, now: int) -> float:
        """Count a failure of an address and return the seconds by which its answer is held back."""
        if settings.number("anvil.limit") < 1 or is_exempt(address, settings):
            return 0.0
        counted = counted_under(address)
        self._noted += 1
        if self._noted % PRUNED_EVERY == 0:
            self._panel.defer(lambda db: prune_failures(db, settings, now))
        count = self._note(counted, settings, now)
        log.warning("failed authentication from %s, number %s", address, count or "unknown")
        return LONGEST_DELAY if count is None else delay(count, settings)

    def refused(self, address: str) -> None:
        """Count an attempt of an address that is locked out already, without hurry."""
        counted = counted_under(address)
        with self._lock:
            self._refused[counted] += 1
            first = self._refused[counted] == 1
        if first:  # one change for all attempts until the next batch, however many there are
            self._panel.defer(lambda db: self._write_refused(db, counted))

    def _write_refused(self, db: Connection, counted: str) -> None:
        with self._lock:
            attempts = self._refused.pop(counted, 0)
        try:
            count_refused(db, counted, attempts)
        except BaseException:
            with self._lock:
                self._refused[counted] += attempts
            raise

    def soon(self, work: Deferred) -> None:
        """Carry out a small change now if the store is free, else with the next batch."""
        try:
            with writing(self._panel.engine, patience=PATIENCE) as db:
                work(db)
        except (Busy, StoreUnavailable) as error:
            log.info("a change is written later: %s", error)
            self._panel.defer(work)

    def _note(self, counted: str, settings: PanelSettings, now: int) -> int | None:
        """Write a failure now and return the number of failures, None when it had to be queued."""
        try:
            with writing(self._panel.engine, patience=PATIENCE) as db:
                return count_failure(db, counted, settings, now)
        except (Busy, StoreUnavailable) as error:
            log.info("a failure is counted later: %s", error)
            self._panel.defer(lambda db: count_failure(db, counted, settings, now))
            return None
