"""Deletion of accounts that were suspended long enough, as the scope opcenter.account-cleanup says.

A span such as ``30 days`` says how long; without one, as on a fresh panel, nothing is deleted (docs/panel.md, section
9).
"""

from __future__ import annotations

from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import groups, operations
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.sites import suspension
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import site_table

SCOPE = "opcenter.account-cleanup"


def due(ctx: Context) -> list[int]:
    """Return the ids of the accounts that have been suspended at least as long as the scope says."""
    age = switches.value(ctx, SCOPE)
    if not isinstance(age, str):
        return []
    since = suspension.moment(age, ctx.clock)
    return list(
        ctx.db.execute(
            select(site_table.c.id).where(site_table.c.suspended_at <= since).order_by(site_table.c.id)
        ).scalars()
    )


def run(ctx: Context) -> list[str]:
    """Delete the accounts that are due, each a unit of its own, and return a line for each that is gone."""
    lines: list[str] = []

    def work(site: Site) -> None:
        since = suspension.day(site.suspended_at or 0)
        operations.delete(ctx, site, dry_run=False)
        lines.append(f"{site.label}, suspended {since}, deleted")
        ctx.info("%s", lines[-1])

    chosen = due(ctx)
    if chosen:
        groups.each(ctx, chosen, work)
    return lines
