"""What an account may let through the firewall by itself (docs/panel.md, section 13)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.firewall.tables import delegated_table
from apnscp.opcenter.services import networks
from apnscp.opcenter.services.values import Metadata
from apnscp.opcenter.settings.config import settings
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site

LONGEST_LOAN = 86400
"""Seconds that an account may let an address through by rampart:temp."""


def add(ctx: Context, account: Site, where: str) -> None:
    """Enter an address into the account's rampart,whitelist.

    Raises Refused where the account may not, or has no room left; an address that is there takes none.
    """
    require_single(where)
    entries = entries_of(account)
    if where in entries:
        return
    require_room(ctx, account, where)
    records.save(ctx, account, _with(account, [*entries, where]))


def remove(ctx: Context, account: Site, where: str) -> bool:
    """Take an address out of what the account let through, for good or for a while; tell whether it was there."""
    entries = entries_of(account)
    lent = _on_loan(ctx, account.id)
    chosen = (delegated_table.c.site_id == account.id) & (delegated_table.c.address == where)
    ctx.db.execute(delete(delegated_table).where(chosen, delegated_table.c.until.is_not(None)))
    if where in entries:
        records.save(ctx, account, _with(account, [entry for entry in entries if entry != where]))
    return where in entries or where in lent


def lend(ctx: Context, account: Site, where: str, seconds: int) -> None:
    """Let an address of the account through for a while."""
    if seconds > LONGEST_LOAN:
        raise Refused("duration: %d seconds are more than an account may ask for (%d)", seconds, LONGEST_LOAN)
    if where in entries_of(account) and account.doc["rampart"]["enabled"]:
        return
    if where not in _on_loan(ctx, account.id):
        require_room(ctx, account, where)
    ended = delegated_table.c.until < ctx.clock.unix() - bans.STALE
    ctx.db.execute(delete(delegated_table).where(delegated_table.c.site_id == account.id, ended))
    bans.lend(ctx.db, account.id, where, ctx.clock.unix() + seconds)


def require_room(ctx: Context, account: Site, where: str) -> None:
    """Raise Refused unless the account may let one more address through."""
    if not account.doc["rampart"]["enabled"]:
        raise Refused("%s: rampart,enabled is off, so `%s' cannot be let through", account.label, where)
    most = most_entries(ctx, account)
    held = len({*entries_of(account), *_on_loan(ctx, account.id)})
    if most == 0:
        raise Refused("%s may let no address through: rampart,max is 0; the administrator can raise it", account.label)
    if 0 < most <= held:
        raise Refused(
            "rampart,max: %s has no room for `%s' (%d of %d are used); take one out with mode remove",
            account.label, where, held, most,
        )  # fmt: skip


def most_entries(ctx: Context, account: Site) -> int:
    """Return how many addresses the account may let through: -1 any number, 0 none."""
    told: Any = account.doc["rampart"]["max"]
    return int(settings(ctx)["rampart.delegated_whitelist"] or 0) if told in ("DEFAULT", None) else int(told)


def entries_of(account: Site) -> list[str]:
    """Return the account's rampart,whitelist, each entry in its usual form."""
    listed: Any = account.doc["rampart"]["whitelist"]
    return [networks.network(entry) for entry in listed or ()]


def require_single(where: str) -> None:
    """Raise Refused for a range: an account lets single addresses through."""
    if "/" in where:
        raise Refused("`%s' is a range; an account may only let single addresses through", where)


def _on_loan(ctx: Context, site_id: int) -> list[str]:
    now = ctx.clock.unix()
    rows = select(delegated_table.c.address).where(delegated_table.c.site_id == site_id, delegated_table.c.until > now)
    return list(ctx.db.execute(rows).scalars())


def _with(account: Site, entries: list[str]) -> Metadata:
    return {**account.doc, "rampart": {**account.doc["rampart"], "whitelist": entries}}
