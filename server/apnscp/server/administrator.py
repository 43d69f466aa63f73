"""The server itself as the administrator of its panel, for work that no caller asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from apnscp.core.clock import Clock
from apnscp.core.context import Caller, Context, Panel
from apnscp.core.reporter import Reporter
from apnscp.core.roles import Role
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.store.facts import fact
from apnscp.opcenter.store.transactions import writing

NAME = "admin"
"""Name of the administrator in a new panel."""


def administrator_context(panel: Panel, db: Connection) -> Context:
    """Return a context in which the server acts as the administrator, by the machine's clock."""
    caller = Caller(Role.ADMIN, NAME, gate="CLI")
    return Context(panel, db, caller, Reporter(), Clock())


@contextmanager
def as_administrator(panel: Panel) -> Iterator[Context]:
    """Open one unit of work in which the server acts as the administrator, by the panel's clock."""
    with writing(panel.engine) as db:
        panel.renew(int(fact(db, "generation", "0")))
        ctx = administrator_context(panel, db)
        ctx.clock = panel_clock.load(db)
        yield ctx
