"""Figures over accounts and the server, as the admin and site modules answer them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.query import documents
from apnscp.opcenter.usage import amnesty, figures

LARGEST = 2**63 - 1
UsageRow = dict[str, Any]


def _storage(ctx: Context, counters: Mapping[str, int], metadata: Metadata) -> dict[str, int]:
    return figures.storage_row(counters, metadata, amnesty.factor(ctx, metadata))


def _bandwidth(ctx: Context, counters: Mapping[str, int], metadata: Metadata) -> UsageRow:
    begin, end = figures.cycle(metadata, ctx.clock)
    limit = figures.transfer_limit(metadata)
    total = counters["bandwidth_in"] + counters["bandwidth_out"] if metadata.enabled("bandwidth") else 0
    return {"sum": total, "threshold": -1 if limit is None else limit, "begin": begin, "rollover": end}


def _cgroup(ctx: Context, counters: Mapping[str, int], metadata: Metadata) -> UsageRow:
    limits = metadata["cgroup"]
    if not limits["enabled"]:
        return {name: {"used": 0, "threshold": None} for name in ("cpu", "memory", "pids")}
    memory = None if limits["memory"] is None else limits["memory"] * 1024**2
    return {
        "cpu": {"used": counters["cpu"], "threshold": limits["cpu"]},
        "memory": {"used": counters["memory"], "threshold": memory},
        "pids": {"used": counters["procs"], "threshold": limits["proclimit"]},
    }


FIELDS: dict[str, Callable[[Context, Mapping[str, int], Metadata], UsageRow]] = {
    "storage": _storage,
    "bandwidth": _bandwidth,
    "cgroup": _cgroup,
}


def own_storage(ctx: Context) -> dict[str, int]:
    """Return the storage of the caller's account as `figures.storage_row` shapes it, a running amnesty included."""
    metadata = records.own(ctx).metadata
    return _storage(ctx, figures.figures(ctx.db, ctx.caller.site_id, metadata), metadata)


def usage_rows(ctx: Context, field: str, identifiers: Sequence[Any]) -> Iterator[tuple[str, UsageRow]]:
    """Go through the accounts' figures, keyed siteN, zeros where nothing is used.

    field: a name of FIELDS, in any case; identifiers: as in collect, all accounts when empty
    Raises Refused for an unknown field.
    """
    row_of = FIELDS.get(field.lower())
    if row_of is None:
        raise Refused("Unknown field `%s'; there are %s", field, ", ".join(FIELDS))
    return _usage_rows(ctx, row_of, identifiers)


def _usage_rows(ctx: Context, row_of: Any, identifiers: Sequence[Any]) -> Iterator[tuple[str, UsageRow]]:
    overrides = figures.all_set_figures(ctx.db)
    for site_id, metadata in documents(ctx, identifiers):
        counters = figures.current(figures.derived(site_id, metadata) | overrides.get(site_id, {}), metadata, ctx.clock)
        yield site_name(site_id), row_of(ctx, counters, metadata)


def server_storage() -> dict[str, int]:
    """Return the space of the file system that the server stands on: KB, and files without a limit."""
    total, used, _ = shutil.disk_usage("/")
    return {
        "qused": used // 1024, "qsoft": total // 1024, "qhard": total // 1024,
        "fused": 0, "fsoft": LARGEST, "fhard": LARGEST,
    }  # fmt: skip
