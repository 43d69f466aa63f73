"""The server itself as the administrator of its panel, for work that no caller asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from apnscp.core.context import Caller, Context, Panel
from apnscp.core.reporter import Reporter
from apnscp.core.roles import Role
from apnscp.opcenter.access import snapshots
from apnscp.opcenter.store.transactions import writing

NAME = "admin"
"""Name of the administrator in a new panel."""


def administrator_context(panel: Panel, db: Connection) -> Context:
    """Return a context in which the server acts as the administrator, by the settings and the clock of the panel."""
    caller = Caller(Role.ADMIN, NAME, gate="CLI")
    return Context(panel, db, caller, Reporter(), snapshots.load(db))


@contextmanager
def as_administrator(panel: Panel) -> Iterator[Context]:
    """Open one unit of work in which the server acts as the administrator; what is to follow it is done afterwards."""
    with writing(panel.engine) as db:
        ctx = administrator_context(panel, db)
        yield ctx
    for work in ctx.after:
        work()
