"""Things kept per site under a kind and a name, as JSON; site 0 is the panel itself. They go with their site."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from apnscp.opcenter.sites.tables import site_data_table
from apnscp.opcenter.store.statements import upsert


def get(db: Connection, site_id: int, kind: str, name: str, default: Any = None) -> Any:
    """Return what is kept under a kind and a name, `default` when nothing is."""
    found = db.execute(select(site_data_table.c.value).where(_chosen(site_id, kind, name))).scalar()
    return default if found is None else json.loads(found)


def put(db: Connection, site_id: int, kind: str, name: str, value: Any) -> None:
    """Keep a value in place of the one before; None forgets it."""
    if value is None:
        db.execute(delete(site_data_table).where(_chosen(site_id, kind, name)))
    else:
        upsert(db, site_data_table, {"site_id": site_id, "kind": kind, "name": name, "value": json.dumps(value)})


def _chosen(site_id: int, kind: str, name: str) -> ColumnElement[bool]:
    return (site_data_table.c.site_id == site_id) & (site_data_table.c.kind == kind) & (site_data_table.c.name == name)
