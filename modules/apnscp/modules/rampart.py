"""Module rampart: the firewall (docs/panel.md, section 13)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter import bans
from apnscp.opcenter.settings import settings


@command(Role.ADMIN | Role.SITE)
def is_banned(ctx: Context, ip: str | None = None, jail: str | None = None) -> bool:
    """Tell whether an address is banned.

    ip: IPv4 or IPv6 address; the caller's own when left out, and the only one a site may ask about
    jail: one jail, without its prefix; any when left out
    """
    where = _own_or_any(ctx, ip)
    jails = None if jail is None else [bans.jail_named(jail, _prefix(ctx)).name]
    return bool(bans.in_force(ctx, where, jails))


@command(Role.ADMIN | Role.SITE)
def banned_services(ctx: Context, ip: str | None = None) -> list[str]:
    """Return the chains that ban an address, such as f2b-sshd; empty when it is free.

    ip: IPv4 or IPv6 address; the caller's own when left out
    """
    where = _own_or_any(ctx, ip)
    return [_prefix(ctx) + entry.jail for entry in bans.in_force(ctx, where, list(bans.JAILS))]


@command(Role.ADMIN | Role.SITE, "write")
def unban(ctx: Context, ip: str | None = None, jail: str | None = None) -> bool:
    """Lift the ban on an address.

    ip: IPv4 or IPv6 address; the caller's own when left out
    jail: one jail, or every jail when left out
    """
    where = _own_or_any(ctx, ip)
    jails = list(bans.JAILS) if jail is None else [bans.jail_named(jail, _prefix(ctx)).name]
    for name in bans.lift(ctx, where, jails):
        ctx.info("Unbanned %s from %s", where, name)
    grace = int(settings(ctx)["rampart.speculative_whitelisting"] or 0)
    if grace > 0 and not ctx.is_admin:
        bans.put(ctx, where, bans.IGNORELIST, seconds=grace, reason="grace after unban")
    return True


@command(Role.ADMIN, "write")
def ban(ctx: Context, ip: str, jail: str) -> bool:
    """Ban an address or a range.

    ip: IPv4 or IPv6 address, or a range such as 192.0.2.0/24
    jail: a name of rampart:get-jails; how long the ban lasts is the jail's
    """
    chosen = bans.jail_named(jail, _prefix(ctx))
    bans.put(ctx, bans.network(ip), chosen.name, seconds=chosen.seconds, reason=f"banned by {ctx.caller.user}")
    return True


@command(Role.ADMIN | Role.SITE)
def get_jails(ctx: Context) -> list[str]:
    """Return the names of all jails, without their prefix."""
    return list(bans.JAILS)


def _prefix(ctx: Context) -> str:
    return str(settings(ctx)["rampart.prefix"])


def _own_or_any(ctx: Context, ip: str | None) -> str:
    """Return the address to work on; a site may only name its own."""
    own = bans.address(ctx.caller.ip)
    where = own if ip is None else bans.address(ip)
    if where != own and not ctx.is_admin:
        raise Refused("An account may only name its own address, %s", own)
    return where
