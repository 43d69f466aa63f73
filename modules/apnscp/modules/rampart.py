"""Module rampart: the firewall (docs/panel.md, section 13)."""

from __future__ import annotations

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.firewall import bans, delegation
from apnscp.opcenter.services import networks
from apnscp.opcenter.settings.config import settings
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site

MODES = ("add", "remove")
LONGEST = 10 * 365 * 86400
"""Seconds that the administrator may let an address through for a while; for longer there is rampart:whitelist."""


@command(Role.ADMIN | Role.SITE)
def is_banned(ctx: Context, ip: str | None = None, jail: str | None = None) -> bool:
    """Tell whether an address is banned.

    ip: IPv4 or IPv6 address; the caller's own when left out, and the only one a site may ask about
    jail: one jail, without its prefix; any when left out
    """
    return bool(bans.in_force(ctx, _own_or_any(ctx, ip), _jails(ctx, jail)))


@command(Role.ADMIN | Role.SITE)
def banned_services(ctx: Context, ip: str | None = None) -> list[str]:
    """Return the chains that ban an address, such as f2b-sshd; empty when it is free.

    ip: IPv4 or IPv6 address; the caller's own when left out
    """
    found = bans.in_force(ctx, _own_or_any(ctx, ip), list(bans.JAILS))
    return sorted({_prefix(ctx) + entry.jail for entry in found})


@command(Role.ADMIN | Role.SITE)
def get_reason(ctx: Context, ip: str | None = None, jail: str | None = None) -> str | None:
    """Return the log lines behind a ban; null for an address that is free, and while [rampart] show_reason is off.

    ip: IPv4 or IPv6 address; the caller's own when left out
    jail: one jail, without its prefix; any when left out
    """
    where = _own_or_any(ctx, ip)
    found = bans.in_force(ctx, where, _jails(ctx, jail))
    if not settings(ctx)["rampart.show_reason"]:
        ctx.info("[rampart] show_reason is off; reasons are not shown")
        return None
    return "\n".join(entry.reason or f"[{entry.jail}] {entry.address}" for entry in found) or None


@command(Role.ADMIN | Role.SITE, "write")
def unban(ctx: Context, ip: str | None = None, jail: str | None = None) -> bool:
    """Lift the ban on an address; a site that frees itself is spared for [rampart] speculative_whitelisting seconds.

    ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
    jail: one jail, or every jail when left out; a name that is no jail brings a warning, never an error
    """
    _refuse_demo(ctx)
    if jail is not None and not bans.is_jail(jail, _prefix(ctx)):
        ctx.warn("`%s' is no jail and was passed over; rampart:get-jails lists them", jail)
        return True
    where = networks.network(ip) if ip is not None and ctx.is_admin else _own_or_any(ctx, ip)
    found = bans.covering(ctx, where, _jails(ctx, jail) or list(bans.JAILS))
    # a range is the administrator's decision about many: one account in it does not undo it
    lifted = [entry for entry in found if ctx.is_admin or entry.address == where]
    for entry in lifted:
        bans.lift(ctx, entry.address, entry.jail)
        ctx.info("Unbanned %s from %s", entry.address, entry.jail)
    for entry in found:
        if entry not in lifted:
            ctx.warn("%s is in %s, banned from %s; only the administrator lifts that", where, entry.address, entry.jail)
    _warn_of_blacklist(ctx, where)
    if not ctx.is_admin and lifted and lifted == found:
        _spare(ctx, where)
    return True


@command(Role.ADMIN, "write")
def ban(ctx: Context, ip: str, jail: str) -> bool:
    """Ban an address or a range.

    ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
    jail: a name of rampart:get-jails; how long the ban lasts is the jail's
    """
    chosen, where = bans.jail_named(jail, _prefix(ctx)), networks.network(ip)
    bans.put(ctx, where, chosen.name, seconds=chosen.seconds, reason=_line(ctx, chosen.name, f"Ban {where}"))
    return True


@command(Role.ADMIN | Role.SITE)
def get_jails(ctx: Context) -> list[str]:
    """Return the names of all jails, without their prefix."""
    return list(bans.JAILS)


@command(Role.ADMIN | Role.SITE, "write")
def whitelist(ctx: Context, ip: str | None = None, mode: str = "add") -> bool:
    """Let an address through for good, or take it out again.

    ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
    mode: add or remove
    An account needs rampart,enabled and room within rampart,max; its entries stand in rampart,whitelist.
    """
    adding = _adds(mode)
    where = networks.network(ctx.caller.ip if ip is None else ip)
    if ctx.is_admin:
        return _change_list(ctx, where, bans.WHITELIST, adding)
    account = _account(ctx)
    if adding:
        delegation.add(ctx, account, where)
    elif not delegation.remove(ctx, account, where):
        ctx.warn("`%s' is not among what %s lets through", where, account.label)
    return True


@command(Role.ADMIN, "write")
def blacklist(ctx: Context, ip: str, mode: str = "add") -> bool:
    """Keep an address or range out for good, or take it out of the blacklist.

    ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
    mode: add or remove
    """
    adding, where = _adds(mode), networks.network(ip)
    if adding:
        for entry in bans.covering(ctx, where, [bans.WHITELIST])[:1]:
            ctx.warn("`%s' stays open: the whitelist holds %s and comes first", where, entry.address)
    return _change_list(ctx, where, bans.BLACKLIST, adding)


@command(Role.ADMIN | Role.SITE, "write")
def temp(ctx: Context, ip: str | None = None, duration: int = 7200) -> bool:
    """Let an address through for a while.

    ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out, and the only one a
        site may name
    duration: seconds; of an account at most a day
    """
    if not 1 <= duration <= LONGEST:
        raise Refused("duration: %d is no number of seconds from 1 to %d", duration, LONGEST)
    if ctx.is_admin:
        where = networks.network(ctx.caller.ip if ip is None else ip)
        bans.put(ctx, where, bans.WHITELIST, seconds=duration, reason=_line(ctx, bans.WHITELIST, f"Temp {where}"))
    else:
        delegation.lend(ctx, _account(ctx), _own_or_any(ctx, ip), duration)
    return True


def _change_list(ctx: Context, where: str, name: str, adding: bool) -> bool:
    if adding:
        bans.put(ctx, where, name, seconds=None, reason=_line(ctx, name, f"Add {where}"))
        return True
    if not bans.lift(ctx, where, name):
        ctx.warn("`%s' is not in the %s", where, name)
    for entry in bans.covering(ctx, where, [name])[:1]:
        ctx.warn("`%s' is still in the %s, as part of %s", where, name, entry.address)
    return True


def _warn_of_blacklist(ctx: Context, where: str) -> None:
    for entry in bans.covering(ctx, where, [bans.BLACKLIST]):
        ctx.warn("blacklist is no jail and still holds %s; rampart:blacklist with mode remove lifts it", entry.address)


def _spare(ctx: Context, where: str) -> None:
    grace = int(settings(ctx)["rampart.speculative_whitelisting"] or 0)
    if grace > 0:
        line = _line(ctx, bans.IGNORELIST, f"Grace {where}")
        bans.put(ctx, where, bans.IGNORELIST, seconds=grace, reason=line)


def _adds(mode: str) -> bool:
    word = mode.strip().lower()
    if word not in MODES:
        raise Refused("Unknown mode %s; there are %s", shown(mode), " and ".join(MODES))
    return word == "add"


def _jails(ctx: Context, jail: str | None) -> list[str] | None:
    return None if jail is None else [bans.jail_named(jail, _prefix(ctx)).name]


def _prefix(ctx: Context) -> str:
    return str(settings(ctx)["rampart.prefix"] or "")


def _line(ctx: Context, chain: str, event: str) -> str:
    moment = ctx.clock.datetime().strftime("%Y-%m-%d %H:%M:%S")
    return f"{moment} NOTICE [{chain}] {event} by {ctx.caller.user}"


def _account(ctx: Context) -> Site:
    """Return the caller's account; one of a demonstration changes nothing in the firewall."""
    _refuse_demo(ctx)
    return records.own(ctx)


def _refuse_demo(ctx: Context) -> None:
    demo = settings(ctx)["billing.demo_invoice"]
    if demo and not ctx.is_admin and records.own(ctx).doc["billing"]["invoice"] == demo:
        raise Refused("%s is a demonstration account and may not change the firewall", records.own(ctx).label)


def _own_or_any(ctx: Context, ip: str | None) -> str:
    """Return the address to work on; a site may only name its own."""
    where = networks.address(ctx.caller.ip if ip is None else ip)
    if not ctx.is_admin and where != networks.address(ctx.caller.ip):
        raise Refused("An account may only name its own address, %s", ctx.caller.ip)
    return where
