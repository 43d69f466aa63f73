"""What an account may let through the firewall by itself (docs/panel.md, section 13)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.firewall.tables import delegated_table
from apnscp.opcenter.services import networks
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.statements import upsert

LONGEST_LOAN = 86400
"""Seconds that an account may let an address through by rampart:temp."""


def add(ctx: Context, site: Site, where: str) -> None:
    """Enter an address into the account's rampart,whitelist.

    Raises Refused where the account may not, or has no room left; an address that is there takes none.
    """
    require_single(where)
    entries = entries_of(site)
    if where in entries:
        return
    require_room(ctx, site, where)
    _save(ctx, site, [*entries, where])


def remove(ctx: Context, site: Site, where: str) -> bool:
    """Take an address out of what the account let through, for good or for a while; tell whether it was there."""
    entries = entries_of(site)
    lent = _on_loan(ctx, site.id)
    chosen = (delegated_table.c.site_id == site.id) & (delegated_table.c.address == where)
    ctx.db.execute(delete(delegated_table).where(chosen, delegated_table.c.until.is_not(None)))
    if where in entries:
        _save(ctx, site, [entry for entry in entries if entry != where])
    return where in entries or where in lent


def lend(ctx: Context, site: Site, where: str, seconds: int) -> None:
    """Let an address of the account through for a while."""
    if seconds > LONGEST_LOAN:
        raise Refused("duration: %d seconds are more than an account may ask for (%d)", seconds, LONGEST_LOAN)
    if where in entries_of(site) and site.metadata.enabled("rampart"):
        return
    if where not in _on_loan(ctx, site.id):
        require_room(ctx, site, where)
    ended = delegated_table.c.until < ctx.clock.unix() - bans.STALE
    ctx.db.execute(delete(delegated_table).where(delegated_table.c.site_id == site.id, ended))
    _let_through(ctx.db, site.id, where, ctx.clock.unix() + seconds)


def require_room(ctx: Context, site: Site, where: str) -> None:
    """Raise Refused unless the account may let one more address through."""
    if not site.metadata.enabled("rampart"):
        raise Refused("%s: rampart,enabled is off, so `%s' cannot be let through", site.label, where)
    most = most_entries(ctx, site)
    held = len({*entries_of(site), *_on_loan(ctx, site.id)})
    if most == 0:
        raise Refused("%s may let no address through: rampart,max is 0; the administrator can raise it", site.label)
    if 0 < most <= held:
        raise Refused(
            "rampart,max: %s has no room for `%s' (%d of %d are used); take one out with mode remove",
            site.label, where, held, most,
        )  # fmt: skip


def most_entries(ctx: Context, site: Site) -> int:
    """Return how many addresses the account may let through: -1 any number, 0 none."""
    told: Any = site.metadata["rampart"]["max"]
    return ctx.settings.number("rampart.delegated_whitelist") if told in ("DEFAULT", None) else int(told)


def entries_of(site: Site) -> list[str]:
    """Return the account's rampart,whitelist, each entry in its usual form."""
    listed: Any = site.metadata["rampart"]["whitelist"]
    return [networks.network(entry) for entry in listed or ()]


def require_single(where: str) -> None:
    """Raise Refused for a range: an account lets single addresses through."""
    if "/" in where:
        raise Refused("`%s' is a range; an account may only let single addresses through", where)


def on_loan(ctx: Context, site_id: int) -> list[tuple[str, int]]:
    """Return what an account let through for a while, with the Unix times at which that ends."""
    held = delegated_table.c.site_id == site_id, delegated_table.c.until > ctx.clock.unix()
    rows = select(delegated_table.c.address, delegated_table.c.until).where(*held).order_by(delegated_table.c.until)
    return [(row.address, row.until) for row in ctx.db.execute(rows)]


def _on_loan(ctx: Context, site_id: int) -> list[str]:
    return [address for address, _ in on_loan(ctx, site_id)]


def _save(ctx: Context, site: Site, entries: list[str]) -> None:
    follow(ctx.db, site, records.save(ctx, site, site.metadata.with_value("rampart", "whitelist", entries)))


def follow(db: Connection, before: Site | None, after: Site) -> None:
    """Let the firewall follow what an account lists in rampart,whitelist, nothing while rampart,enabled is off."""
    old, new = (set(_listed(site)) for site in (before, after))
    for gone in sorted(old - new):
        own = (delegated_table.c.site_id == after.id) & (delegated_table.c.address == gone)
        db.execute(delete(delegated_table).where(own))
    for fresh in sorted(new - old):
        _let_through(db, after.id, fresh, None)


def _listed(site: Site | None) -> list[str]:
    return entries_of(site) if site is not None and site.metadata.enabled("rampart") else []


def _let_through(db: Connection, site_id: int, where: str, until: int | None) -> None:
    """Let an account's address through, for good or until a Unix time."""
    upsert(db, delegated_table, {"site_id": site_id, "address": where, "until": until})
