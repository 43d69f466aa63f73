"""Usage that somebody sets for an account, in sizes as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import Connection

from apnscp.core.clock import Clock
from apnscp.core.errors import Refused
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.usage import figures

SIZES = ("storage", "bandwidth", "bandwidth_in", "bandwidth_out", "memory")
"""What is told in bytes; a bandwidth is split: one part in, ten out."""
COUNTS = ("inodes", "cpu", "procs")
"""What is told as a number: files, seconds of processor time in 24 hours, processes."""

_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,6})?)\s*([KMGT]?)B?", re.IGNORECASE | re.ASCII)


def size(text: str | int) -> int:
    """Return a size such as 3GB, 500 MB or 1.5T in bytes; a bare number counts bytes.

    Raises Refused for anything else, and for more than 2^60 bytes.
    """
    found = None if isinstance(text, bool) else _SIZE.fullmatch(str(text).strip())
    bytes_ = int(float(found[1]) * figures.UNITS[found[2].upper() + "B"]) if found else figures.LARGEST + 1
    if bytes_ > figures.LARGEST:
        raise Refused("`%s' is not a size; write 3GB, 500MB or a number of bytes", str(text)[:64])
    return bytes_


def count(number: int) -> int:
    """Return a number from 0 to 2^60; raises Refused for anything else."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= figures.LARGEST:
        raise Refused("`%s' is not a whole number from 0", str(number)[:64])
    return number


def give(db: Connection, account: Site, told: Mapping[str, int], clock: Clock) -> None:
    """Set what an account uses, until it is set again or given up; a transfer counts for the running cycle.

    told: amounts by their names in SIZES and COUNTS; the direction of a transfer that is not named stays as it is
    Raises Refused for a bandwidth beside one of its directions.
    """
    if "bandwidth" in told and set(figures.TRANSFER) & set(told):
        raise Refused("Give a bandwidth, or what came in and what went out")
    counters = _counters(told)
    if set(counters) & set(figures.TRANSFER):
        now = figures.of(db, account.id, account.metadata, clock)
        counters = {**{name: now[name] for name in figures.TRANSFER}, **counters}
    if counters:
        figures.put(db, account.id, counters, cycle=figures.cycle(account.metadata, clock)[0])


def _counters(told: Mapping[str, int]) -> dict[str, int]:
    """Return counters in the units of `figures.FIGURES`."""
    found = {name: value for name, value in told.items() if name != "bandwidth"}
    if "storage" in told:
        found["storage"] = told["storage"] // 1024
    if "bandwidth" in told:
        received = told["bandwidth"] // 11
        found |= {"bandwidth_in": received, "bandwidth_out": told["bandwidth"] - received}
    return found
