"""The firewall: jails that ban for a while, lists that last, and which of them wins.

Precedence: whitelist, blacklist, then the jails' bans; the ignorelist protects from bans alone (docs/panel.md, section 13).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.schema import ban

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True)
class Jail:
    """A jail; `seconds` is how long a ban lasts."""

    name: str
    seconds: int = 600


JAILS = {
    jail.name: jail
    for jail in (
        Jail("dovecot"), Jail("evasive"), Jail("malware"), Jail("mysqld"), Jail("pgsql"), Jail("postfix"),
        Jail("postfix-sasl"), Jail("recidive", 10 * 86400), Jail("shield"), Jail("spambots"), Jail("sshd"), Jail("vsftpd"),
    )
}  # fmt: skip
"""Three failures in five minutes lead to a ban of ten minutes, for a repeat offender of ten days."""

WHITELIST, BLACKLIST, IGNORELIST = "whitelist", "blacklist", "ignorelist"


@dataclass(frozen=True)
class Ban:
    """A ban in force; `until` is None for one that lasts."""

    jail: str
    network: Network
    until: int | None
    reason: str | None


def address(text: str) -> str:
    """Return an IPv4 or IPv6 address in its usual form; raises Refused for anything else."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        raise Refused("`%s' is no IP address", text) from None


def network(text: str) -> str:
    """Return an address or a CIDR range in its usual form, an address without its prefix length."""
    try:
        found = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        raise Refused("`%s' is neither an IP address nor a range such as 192.0.2.0/24", text) from None
    return str(found.network_address) if found.num_addresses == 1 else str(found)


def jail_named(name: str, prefix: str) -> Jail:
    """Return a jail by its name, with or without the prefix of its chain; raises Refused when there is none."""
    found = JAILS.get(name.lower().removeprefix(prefix))
    if found is None:
        raise Refused("Unknown jail `%s'; rampart:get-jails lists them", name)
    return found


def put(ctx: Context, where: str, jail: str, *, seconds: int | None, reason: str | None = None) -> None:
    """Enter an address or range into a jail or list; an entry that is there gets the new end.

    seconds: how long it holds, None for good
    """
    now = ctx.clock.unix()
    ctx.db.execute(delete(ban).where(ban.c.address == where, ban.c.jail == jail))
    until = None if seconds is None else now + seconds
    ctx.db.execute(insert(ban).values(address=where, jail=jail, created=now, until=until, reason=reason))


def entries(ctx: Context, jails: Sequence[str]) -> list[Ban]:
    """Return what is in force in jails or lists, by the panel's clock."""
    rows = ctx.db.execute(
        select(ban.c.jail, ban.c.address, ban.c.until, ban.c.reason)
        .where(ban.c.jail.in_(jails), (ban.c.until.is_(None)) | (ban.c.until > ctx.clock.unix()))
        .order_by(ban.c.jail)
    )
    return [Ban(row[0], ipaddress.ip_network(row[1]), row[2], row[3]) for row in rows]


def covering(ctx: Context, where: str, jails: Sequence[str]) -> list[Ban]:
    """Return the entries of jails or lists that cover an address."""
    own = ipaddress.ip_address(where)
    return [entry for entry in entries(ctx, jails) if own in entry.network]


def in_force(ctx: Context, where: str, jails: Sequence[str] | None = None) -> list[Ban]:
    """Return what keeps an address out, after whitelist, blacklist and ignorelist had their say.

    jails: the jails to look at; all, and the blacklist, when None
    """
    if covering(ctx, where, [WHITELIST]):
        return []
    blacklisted = covering(ctx, where, [BLACKLIST]) if jails is None else []
    banned = [] if covering(ctx, where, [IGNORELIST]) else covering(ctx, where, list(jails or JAILS))
    return blacklisted + banned


def lift(ctx: Context, where: str, jails: Sequence[str]) -> list[str]:
    """Take an address out of jails, with the ranges that cover it, and return the jails it was in."""
    found = covering(ctx, where, jails)
    for entry in found:
        stored = network(str(entry.network))
        ctx.db.execute(delete(ban).where(ban.c.jail == entry.jail, ban.c.address == stored))
    return sorted({entry.jail for entry in found})
