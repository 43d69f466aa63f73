"""Deletion of accounts that were suspended long enough, as the scope opcenter.account-cleanup says.

A span such as ``30 days`` says how long; without one, as on a fresh panel, nothing is deleted (docs/panel.md, section
9).
"""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import groups, operations
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.sites import suspension
from apnscp.opcenter.sites.records import Site

SCOPE = "opcenter.account-cleanup"


def due(ctx: Context) -> dict[int, suspension.Mark]:
    """Return the accounts that have been suspended at least as long as the scope says, by id in order."""
    age = switches.value(ctx, SCOPE)
    return (suspension.due(ctx, age, None) or {}) if isinstance(age, str) else {}


def run(ctx: Context) -> list[str]:
    """Delete the accounts that are due, each a unit of its own, and return a line for each that is gone."""
    lines: list[str] = []
    chosen = due(ctx)

    def work(site: Site) -> None:
        if operations.delete_due(ctx, site, chosen[site.id], dry_run=False):
            lines.append(f"{site.label}, suspended {suspension.day(chosen[site.id].since)}, deleted")
            ctx.info("%s", lines[-1])

    if chosen:
        groups.each(ctx, list(chosen), work)
    return lines
