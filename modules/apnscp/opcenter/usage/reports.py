"""Figures over accounts and the server, as the admin and site modules answer them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.values import Metadata, resolve
from apnscp.opcenter.settings.config import settings
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.query import TAKES_DEFAULT, documents
from apnscp.opcenter.usage import amnesty, figures
from apnscp.opcenter.usage.tables import usage_table

LARGEST = 2**63 - 1
UsageRow = dict[str, Any]
Document = Mapping[str, Mapping[str, Any]]


def _storage(ctx: Context, counters: Mapping[str, int], doc: Document) -> UsageRow:
    return dict(figures.storage_row(counters, doc, amnesty.factor(ctx, doc)))


def _bandwidth(ctx: Context, counters: Mapping[str, int], doc: Document) -> UsageRow:
    begin, end = figures.cycle(doc, ctx.clock)
    limit = figures.transfer_limit(doc)
    total = counters["bandwidth_in"] + counters["bandwidth_out"] if doc["bandwidth"]["enabled"] else 0
    return {"sum": total, "threshold": -1 if limit is None else limit, "begin": begin, "rollover": end}


def _cgroup(ctx: Context, counters: Mapping[str, int], doc: Document) -> UsageRow:
    limits = doc["cgroup"]
    if not limits["enabled"]:
        return {name: {"used": 0, "threshold": None} for name in ("cpu", "memory", "pids")}
    memory = None if limits["memory"] is None else limits["memory"] * 1024**2
    return {
        "cpu": {"used": counters["cpu"], "threshold": limits["cpu"]},
        "memory": {"used": counters["memory"], "threshold": memory},
        "pids": {"used": counters["procs"], "threshold": limits["proclimit"]},
    }


FIELDS: dict[str, Callable[[Context, Mapping[str, int], Document], UsageRow]] = {
    "storage": _storage,
    "bandwidth": _bandwidth,
    "cgroup": _cgroup,
}


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
    told = {row[0]: json.loads(row[1]) for row in ctx.db.execute(usage_table.select())}
    for site_id, doc in documents(ctx, identifiers):
        counters = figures.current(figures.derived(site_id, doc) | told.get(site_id, {}), doc, ctx.clock)
        yield site_name(site_id), row_of(ctx, counters, doc)


def resolved(ctx: Context, doc: Metadata) -> Metadata:
    """Return a document in which DEFAULT is replaced by what it means on this server."""
    known = settings(ctx)
    shown = {service: dict(parameters) for service, parameters in doc.items()}
    for service, name in TAKES_DEFAULT:
        shown[service][name] = resolve(service, name, shown[service][name], known)
    return shown


def server_storage() -> dict[str, int]:
    """Return the space of the file system that the server stands on: KB, and files without a limit."""
    total, used, _ = shutil.disk_usage("/")
    return {
        "qused": used // 1024, "qsoft": total // 1024, "qhard": total // 1024,
        "fused": 0, "fsoft": LARGEST, "fhard": LARGEST,
    }  # fmt: skip
