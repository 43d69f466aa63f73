"""Module rampart: the firewall (docs/panel.md, section 13)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.firewall import bans, delegation, policy
from apnscp.opcenter.services import networks

LONGEST = 10 * 365 * 86400
"""Seconds that the administrator may let an address through for a while; for longer there is rampart:whitelist."""


@command(Role.ADMIN | Role.SITE)
def is_banned(ctx: Context, ip: str | None = None, jail: str | None = None) -> bool:
    """Tell whether an address is banned.

    ip: IPv4 or IPv6 address; the caller's own when left out, and the only one a site may ask about
    jail: one jail, without its prefix; any when left out
    """
    return bool(bans.in_force(ctx, policy.own_or_any(ctx, ip), policy.jails(ctx, jail)))


@command(Role.ADMIN | Role.SITE)
def banned_services(ctx: Context, ip: str | None = None) -> list[str]:
    """Return the chains that ban an address, such as f2b-sshd; empty when it is free.

    ip: IPv4 or IPv6 address; the caller's own when left out
    """
    found = bans.in_force(ctx, policy.own_or_any(ctx, ip), list(bans.JAILS))
    return sorted({policy.prefix(ctx) + entry.jail for entry in found})


@command(Role.ADMIN | Role.SITE)
def get_reason(ctx: Context, ip: str | None = None, jail: str | None = None) -> str | None:
    """Return the log lines behind a ban; null for an address that is free, and while [rampart] show_reason is off.

    ip: IPv4 or IPv6 address; the caller's own when left out
    jail: one jail, without its prefix; any when left out
    """
    where = policy.own_or_any(ctx, ip)
    found = bans.in_force(ctx, where, policy.jails(ctx, jail))
    if not ctx.settings.flag("rampart.show_reason"):
        ctx.info("[rampart] show_reason is off; reasons are not shown")
        return None
    return "\n".join(entry.reason or f"[{entry.jail}] {entry.address}" for entry in found) or None


@command(Role.ADMIN | Role.SITE, "write")
def unban(ctx: Context, ip: str | None = None, jail: str | None = None) -> bool:
    """Lift the ban on an address; a site that frees itself is spared for [rampart] speculative_whitelisting seconds.

    ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out
    jail: one jail, or every jail when left out; a name that is no jail brings a warning, never an error
    """
    policy.require_no_demo(ctx)
    if jail is not None and not bans.is_jail(jail, policy.prefix(ctx)):
        ctx.warn("`%s' is not a jail and was ignored; rampart:get-jails lists them", jail)
        return True
    where = networks.network(ip) if ip is not None and ctx.is_admin else policy.own_or_any(ctx, ip)
    policy.unban(ctx, where, policy.jails(ctx, jail) or list(bans.JAILS))
    return True


@command(Role.ADMIN, "write")
def ban(ctx: Context, ip: str, jail: str) -> bool:
    """Ban an address or a range.

    ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
    jail: a name of rampart:get-jails; how long the ban lasts is the jail's
    """
    chosen, where = bans.jail_named(jail, policy.prefix(ctx)), networks.network(ip)
    bans.put(ctx, where, chosen.name, seconds=chosen.seconds, reason=policy.line(ctx, chosen.name, f"Ban {where}"))
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
    adding = policy.adds(mode)
    where = policy.any_network(ctx, ip)
    if ctx.is_admin:
        policy.change_list(ctx, where, bans.WHITELIST, adding=adding)
        return True
    site = policy.own_site(ctx)
    if adding:
        delegation.add(ctx, site, where)
    elif not delegation.remove(ctx, site, where):
        ctx.warn("`%s' is not among what %s lets through", where, site.label)
    return True


@command(Role.ADMIN, "write")
def blacklist(ctx: Context, ip: str, mode: str = "add") -> bool:
    """Keep an address or range out for good, or take it out of the blacklist.

    ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
    mode: add or remove
    """
    adding, where = policy.adds(mode), networks.network(ip)
    if adding:
        for entry in policy.covering_first(ctx, where, bans.WHITELIST):
            ctx.warn("`%s' stays open: the whitelist holds %s and comes first", where, entry.address)
    policy.change_list(ctx, where, bans.BLACKLIST, adding=adding)
    return True


@command(Role.ADMIN | Role.SITE, "write")
def temp(ctx: Context, ip: str | None = None, duration: int = 7200) -> bool:
    """Let an address through for a while.

    ip: IPv4 or IPv6 address, for the administrator a range too; the caller's own when left out, and the only one a
        site may name
    duration: seconds; of an account at most a day
    """
    if not 1 <= duration <= LONGEST:
        raise Refused("duration: %d is not a number of seconds from 1 to %d", duration, LONGEST)
    if ctx.is_admin:
        where = policy.any_network(ctx, ip)
        bans.put(ctx, where, bans.WHITELIST, seconds=duration, reason=policy.line(ctx, bans.WHITELIST, f"Temp {where}"))
    else:
        delegation.lend(ctx, policy.own_site(ctx), policy.own_or_any(ctx, ip), duration)
    return True
