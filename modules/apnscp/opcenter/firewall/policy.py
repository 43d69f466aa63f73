"""What callers may do to the firewall, and what follows from it (docs/panel.md, section 13)."""

from __future__ import annotations

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall import bans
from apnscp.opcenter.firewall.bans import Ban
from apnscp.opcenter.services import networks
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site

MODES = ("add", "remove")


def own_or_any(ctx: Context, ip: str | None) -> str:
    """Return the address to work on, the caller's when None; raises Refused where a site names another than its own."""
    where = networks.address(ctx.caller.ip if ip is None else ip)
    if not ctx.is_admin and where != networks.address(ctx.caller.ip):
        raise Refused("An account may only name its own address, %s", ctx.caller.ip)
    return where


def any_network(ctx: Context, ip: str | None) -> str:
    """Return the address or range to work on, the caller's address when None."""
    return networks.network(ctx.caller.ip if ip is None else ip)


def own_site(ctx: Context) -> Site:
    """Return the caller's site; raises Refused for a demonstration account, which changes nothing in the firewall."""
    require_no_demo(ctx)
    return records.own(ctx)


def require_no_demo(ctx: Context) -> None:
    """Raise Refused for a demonstration account."""
    if records.is_demo(ctx):
        raise Refused("%s is a demonstration account and may not change the firewall", records.own(ctx).label)


def jails(ctx: Context, jail: str | None) -> list[str] | None:
    """Return the one jail that a caller named, None for all; raises Refused for one that does not exist."""
    return None if jail is None else [bans.jail_named(jail, prefix(ctx)).name]


def prefix(ctx: Context) -> str:
    """Return what the names of the chains begin with ([rampart] prefix)."""
    return ctx.settings.text("rampart.prefix")


def adds(mode: str) -> bool:
    """Tell whether a mode adds and does not remove; raises Refused for any other."""
    word = mode.strip().lower()
    if word not in MODES:
        raise Refused("Unknown mode %s; there are %s", shown(mode), " and ".join(MODES))
    return word == "add"


def line(ctx: Context, chain: str, event: str) -> str:
    """Return the log line that stands behind an entry."""
    moment = ctx.clock.datetime().strftime("%Y-%m-%d %H:%M:%S")
    return f"{moment} NOTICE [{chain}] {event} by {ctx.caller.user}"


def unban(ctx: Context, where: str, chains: list[str]) -> None:
    """Lift the bans on an address in some jails and say what still keeps it out.

    The administrator lifts a ban on a range that holds the address as well; that is a decision about many, which one
    account in it does not undo. A site that frees itself is spared for a while.
    """
    found = bans.covering(ctx, where, chains)
    lifted = [entry for entry in found if ctx.is_admin or entry.address == where]
    for entry in lifted:
        bans.lift(ctx, entry.address, entry.jail)
        ctx.info("Unbanned %s from %s", entry.address, entry.jail)
    for entry in found:
        if entry not in lifted:
            ctx.warn("%s is in %s, banned from %s; only the administrator lifts that", where, entry.address, entry.jail)
    for entry in bans.covering(ctx, where, [bans.BLACKLIST]):
        ctx.warn(
            "blacklist is not a jail and still holds %s; rampart:blacklist with mode remove lifts it", entry.address
        )
    if not ctx.is_admin and lifted and lifted == found:
        _spare(ctx, where)


def _spare(ctx: Context, where: str) -> None:
    grace = ctx.settings.number("rampart.speculative_whitelisting")
    if grace > 0:
        reason = line(ctx, bans.IGNORELIST, f"Grace {where}")
        bans.put(ctx, where, bans.IGNORELIST, seconds=grace, reason=reason)


def change_list(ctx: Context, where: str, name: str, *, adding: bool) -> None:
    """Put an address or range on a list for good, or take it off, and say where that is not all."""
    if adding:
        bans.put(ctx, where, name, seconds=None, reason=line(ctx, name, f"Add {where}"))
        return
    if not bans.lift(ctx, where, name):
        ctx.warn("`%s' is not in the %s", where, name)
    for entry in covering_first(ctx, where, name):
        ctx.warn("`%s' is still in the %s, as part of %s", where, name, entry.address)


def covering_first(ctx: Context, where: str, name: str) -> list[Ban]:
    """Return the narrowest entry of a list that covers an address or range, in a list of at most one."""
    return bans.covering(ctx, where, [name])[:1]
