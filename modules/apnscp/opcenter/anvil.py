"""The brute-force guard: failures counted per client address, in the store, for all workers.

[anvil] limit failures within ttl seconds, and the address is refused for the rest of these seconds; from min_attempts
on each refusal is answered later than the one before (docs/panel.md, section 4). IPv6 counts by /64: one customer of
a provider has that many addresses.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from apnscp.core.errors import LockedOut
from apnscp.opcenter.schema import failure

FIRST_DELAY = 0.25
LONGEST_DELAY = 4.0
"""Seconds: the delay doubles from the first to the longest."""

_NOTE = text(
    "INSERT INTO failure (address, count, since, last) VALUES (:address, 1, :now, :now) "
    "ON CONFLICT (address) DO UPDATE SET last = :now, "
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
    if ":" not in address:
        return address[:45]
    try:
        known = ipaddress.IPv6Address(address.partition("%")[0])
    except ValueError:
        return address[:45]
    return str(known.ipv4_mapped or ipaddress.ip_network((int(known) >> 64 << 64, 64)))


def is_exempt(address: str, settings: Mapping[str, Any]) -> bool:
    """Tell whether [anvil] whitelist, addresses and ranges with blanks or commas between, holds an address."""
    try:
        own = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(own in network for network in _networks(str(settings["anvil.whitelist"] or "")))


@lru_cache(maxsize=8)
def _networks(listed: str) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
    found = []
    for word in listed.replace(",", " ").split():
        try:
            found.append(ipaddress.ip_network(word, strict=False))
        except ValueError:  # a word that is no address exempts nobody and must not stop the others
            continue
    return tuple(found)


def load(db: Connection, address: str) -> Failures | None:
    """Return the failures of an address as counted under `counted_under`."""
    row = db.execute(select(failure.c.count, failure.c.since).where(failure.c.address == address)).first()
    return None if row is None else Failures(row[0], row[1])


def require_unlocked(failures: Failures, address: str, settings: Mapping[str, Any], now: int) -> None:
    """Raise LockedOut when an address has used up its failures, unless it is exempt."""
    limit, ttl = int(settings["anvil.limit"]), int(settings["anvil.ttl"])
    left = failures.since + ttl - now
    if 0 < limit <= failures.count and 0 < left <= ttl and not is_exempt(address, settings):
        raise LockedOut(
            "Too many failed attempts from %s; try again in %d seconds ([anvil] limit, ttl)", address, left,
            retry_after=left,
        )  # fmt: skip


def note(db: Connection, counted: str, settings: Mapping[str, Any], now: int) -> int:
    """Count a failure and return how many there were in the time that counts."""
    values = {"address": counted, "now": now, "begin": now - int(settings["anvil.ttl"])}
    return int(db.execute(_NOTE, values).scalar_one())


def count_refused(db: Connection, counted: str, now: int) -> None:
    """Count an attempt of an address that is refused already; its time does not begin anew."""
    values = {"count": failure.c.count + 1, "last": now}
    db.execute(update(failure).where(failure.c.address == counted).values(values))


def delay(count: int, settings: Mapping[str, Any]) -> float:
    """Return the seconds by which the answer to the `count`-th failure is held back."""
    beyond = count - int(settings["anvil.min_attempts"])
    return min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(beyond, 10)) if beyond >= 0 else 0.0


def prune(db: Connection, settings: Mapping[str, Any], now: int) -> None:
    """Forget what no longer counts."""
    db.execute(delete(failure).where(failure.c.since <= now - int(settings["anvil.ttl"])))
