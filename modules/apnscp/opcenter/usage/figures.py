"""What accounts use: storage in KB, inodes, transfer in bytes, control-group figures.

Nothing is stored on disk here, so a site's figures are derived from its id: plausible, stable from call to call, below
its limits; an operator may set them (`apnscpd usage`), and set figures win.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from apnscp.core.clock import Clock
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.usage.tables import usage_table

UNITS = {"B": 1, "KB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
LARGEST = 2**60
"""Bytes that no limit exceeds, so that every figure is a whole number to clients of 64 bits."""
FIGURES = {
    "storage": "KB", "inodes": "files", "bandwidth_in": "bytes", "bandwidth_out": "bytes", "cpu": "seconds in 24 h",
    "memory": "bytes", "procs": "processes",
}  # fmt: skip
"""Counters that can be set, with their units."""
TRANSFER = ("bandwidth_in", "bandwidth_out")
_CYCLE = "cycle"
"""Key beside the counters: begin of the bandwidth cycle for which the transfer was set."""
_SET = select(usage_table.c.figures).where(usage_table.c.site_id == bindparam("of_site"))


def size(amount: Any, units: str) -> int | None:
    """Return an amount, whole or not, in `units` (B, KB, MB, GB, TB) as whole bytes, at most LARGEST.

    None stays None: unlimited.
    """
    return None if amount is None else min(int(amount * UNITS[units]), LARGEST)


def derived(site_id: int, metadata: Metadata) -> dict[str, int]:
    """Return the figures of a site that nobody set: fractions of its limits that depend on its id alone."""
    share = [byte / 255 for byte in hashlib.sha256(b"usage%d" % site_id).digest()]
    quota = size(metadata["diskquota"]["quota"], metadata["diskquota"]["units"]) or size(4, "GB") or 0
    transfer = size(metadata["bandwidth"]["threshold"], metadata["bandwidth"]["units"]) or size(50, "GB") or 0
    out = int(transfer * 0.4 * share[1])
    return {
        "storage": int(quota * (0.05 + 0.6 * share[0])) // 1024,
        "inodes": int(2_000 + 60_000 * share[2]),
        "bandwidth_in": out // 10,
        "bandwidth_out": out,
        "cpu": int((metadata["cgroup"]["cpu"] or 2000) * 0.3 * share[3]),
        "memory": int((metadata["cgroup"]["memory"] or 512) * 1024**2 * 0.5 * share[4]),
        "procs": int((metadata["cgroup"]["proclimit"] or 100) * 0.2 * share[5]),
    }


def figures(db: Connection, site_id: int, metadata: Metadata) -> dict[str, int]:
    """Return a site's counters; the units are those of FIGURES."""
    return derived(site_id, metadata) | set_figures(db, site_id)


def set_figures(db: Connection, site_id: int) -> dict[str, int]:
    """Return the counters of a site that somebody set."""
    found: dict[str, int] | None = db.execute(_SET, {"of_site": site_id}).scalar()
    return found or {}


def set_figures_of(db: Connection, site_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Return the counters of some sites that somebody set, by site id."""
    chosen = select(usage_table).where(usage_table.c.site_id.in_(site_ids))
    return {row.site_id: row.figures for row in db.execute(chosen)}


def all_set_figures(db: Connection) -> dict[int, dict[str, int]]:
    """Return the counters that somebody set, by site id."""
    return {row.site_id: row.figures for row in db.execute(select(usage_table))}


def current(counters: Mapping[str, int], metadata: Metadata, clock: Clock) -> dict[str, int]:
    """Return counters as they stand now: a transfer that was set for an earlier cycle counts from zero again."""
    found = {name: value for name, value in counters.items() if name != _CYCLE}
    if counters.get(_CYCLE, cycle(metadata, clock)[0]) != cycle(metadata, clock)[0]:
        found |= dict.fromkeys(TRANSFER, 0)
    return found


def of(db: Connection, site_id: int, metadata: Metadata, clock: Clock) -> dict[str, int]:
    """Return a site's counters as they stand now; the units are those of FIGURES."""
    return current(figures(db, site_id, metadata), metadata, clock)


def total(db: Connection, counter: str, service: str) -> int:
    """Return the sum of a counter over all accounts for which a service is on."""
    overrides = all_set_figures(db)
    total = 0
    for row in db.execute(select(site_table.c.id, site_table.c.doc)):
        metadata = Metadata(row.doc)
        if metadata.enabled(service):
            total += int((derived(row.id, metadata) | overrides.get(row.id, {}))[counter])
    return total


def put(db: Connection, site_id: int, values: Mapping[str, int | None], *, cycle: int | None = None) -> None:
    """Set counters of a site; None gives one back to its derived figure.

    cycle: begin of the bandwidth cycle to which a transfer belongs; it counts from zero in the next one. Left out, the
        transfer stays as it is set.
    """
    told = set_figures(db, site_id) | dict(values)
    if set(TRANSFER) & set(values):
        told[_CYCLE] = cycle if any(told.get(name) is not None for name in TRANSFER) else None
    kept = {name: value for name, value in told.items() if value is not None}
    if kept:
        upsert(db, usage_table, {"site_id": site_id, "figures": kept})
    else:
        db.execute(delete(usage_table).where(usage_table.c.site_id == site_id))


def storage_row(counters: Mapping[str, int], metadata: Metadata, boost: float = 1) -> dict[str, int]:
    """Return a quota row: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

    Soft and hard are equal, since one client shows the one and another the other (docs/panel.md, sections 18 and 32).
    """
    enabled = metadata.enabled("diskquota")
    limit = size(metadata["diskquota"]["quota"], metadata["diskquota"]["units"]) if enabled else None
    kilobytes = int((limit or 0) * Fraction(boost)) // 1024
    files = int(metadata["diskquota"]["fquota"] or 0) if enabled else 0
    return {
        "qused": counters["storage"], "qsoft": kilobytes, "qhard": kilobytes,
        "fused": counters["inodes"], "fsoft": files, "fhard": files,
    }  # fmt: skip


def transfer_limit(metadata: Metadata) -> int | None:
    """Return the transfer allowance in bytes, None when there is none."""
    if not metadata.enabled("bandwidth"):
        return None
    return size(metadata["bandwidth"]["threshold"], metadata["bandwidth"]["units"])


def cycle(metadata: Metadata, clock: Clock) -> tuple[int, int]:
    """Return begin and end of the running bandwidth cycle as Unix times, at midnight UTC of the rollover day."""
    created = datetime.fromtimestamp(metadata.created, UTC)
    day = min(int(metadata["bandwidth"]["rollover"] or created.day), 28)
    now = clock.datetime()
    begin = now.replace(day=day, hour=0, minute=0, second=0, microsecond=0)
    if begin > now:
        begin = _month(begin, -1)
    return int(begin.timestamp()), int(_month(begin, 1).timestamp())


def _month(moment: datetime, step: int) -> datetime:
    years, month = divmod(moment.month - 1 + step, 12)
    return moment.replace(year=moment.year + years, month=month + 1)
