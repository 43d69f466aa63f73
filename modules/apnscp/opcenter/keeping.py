"""Things kept per site under a kind and a name, as JSON; site 0 is the panel itself. They go with their site."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from apnscp.opcenter.schema import kept
from apnscp.opcenter.upsert import upsert


def get(db: Connection, site_id: int, kind: str, name: str, default: Any = None) -> Any:
    """Return what is kept under a kind and a name, `default` when nothing is."""
    found = db.execute(select(kept.c.value).where(_chosen(site_id, kind, name))).scalar()
    return default if found is None else json.loads(found)


def put(db: Connection, site_id: int, kind: str, name: str, value: Any) -> None:
    """Keep a value in place of the one before; None forgets it."""
    if value is None:
        db.execute(delete(kept).where(_chosen(site_id, kind, name)))
    else:
        upsert(db, kept, {"site_id": site_id, "kind": kind, "name": name, "value": json.dumps(value)})


def _chosen(site_id: int, kind: str, name: str) -> ColumnElement[bool]:
    return (kept.c.site_id == site_id) & (kept.c.kind == kind) & (kept.c.name == name)
