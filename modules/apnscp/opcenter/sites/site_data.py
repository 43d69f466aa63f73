"""Data kept of a site beside its metadata, under a kind and a name; removed with the site."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, select

from apnscp.opcenter.sites.tables import site_data_table
from apnscp.opcenter.store.statements import upsert


def get(db: Connection, site_id: int, kind: str, name: str, default: Any = None) -> Any:
    """Return what is kept under a kind and a name, `default` when nothing is."""
    found = db.execute(select(site_data_table.c.value).where(_at(site_id, kind, name))).first()
    return default if found is None else found[0]


def put(db: Connection, site_id: int, kind: str, name: str, value: Any) -> None:
    """Keep a value in place of the one before; None deletes it."""
    if value is None:
        db.execute(delete(site_data_table).where(_at(site_id, kind, name)))
    else:
        upsert(db, site_data_table, {"site_id": site_id, "kind": kind, "name": name, "value": value})


def _at(site_id: int, kind: str, name: str) -> ColumnElement[bool]:
    table = site_data_table
    return (table.c.site_id == site_id) & (table.c.kind == kind) & (table.c.name == name)
