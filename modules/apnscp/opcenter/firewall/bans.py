"""The firewall: jails that ban for a while, lists that last, and which of them wins.

Precedence: whitelist, blacklist, then the jails' bans; the ignorelist protects from bans alone. What accounts were let
add by delegation counts to the list that `[rampart] delegation_set` names (docs/panel.md, section 13).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.firewall.tables import ban_table, delegated_table
from apnscp.opcenter.services import networks
from apnscp.opcenter.store.statements import upsert


@dataclass(frozen=True)
class Jail:
    """A jail; `seconds` is how long a ban lasts."""

    name: str
    seconds: int = 600


JAILS = {
    jail.name: jail
    for jail in (
        Jail("dovecot"), Jail("evasive"), Jail("malware"), Jail("mysqld"), Jail("pgsql"), Jail("postfix"),
        Jail("postfix-sasl"), Jail("recidive", 10 * 86400), Jail("shield"), Jail("spambots"), Jail("sshd"),
        Jail("vsftpd"),
    )
}  # fmt: skip
"""Three failures in five minutes lead to a ban of ten minutes, for a repeat offender of ten days."""

WHITELIST, BLACKLIST, IGNORELIST = "whitelist", "blacklist", "ignorelist"
LISTS = (WHITELIST, BLACKLIST, IGNORELIST)
STALE = 86400
"""Seconds that an ended entry stays before it is swept: a clock that a test turns back finds it again."""


@dataclass(frozen=True)
class Ban:
    """An entry in force; `until` is None for one that lasts, `reason` the line that explains it."""

    jail: str
    address: str
    until: int | None
    reason: str | None


def is_jail(name: str, prefix: str) -> bool:
    """Tell whether there is a jail of this name, with or without the prefix of its chain."""
    return name.lower().removeprefix(prefix) in JAILS


def jail_named(name: str, prefix: str) -> Jail:
    """Return a jail by its name, with or without the prefix of its chain; raises Refused when there is none."""
    found = JAILS.get(name.strip().lower().removeprefix(prefix))
    if found is None:
        raise Refused("Unknown jail %s; rampart:get-jails lists them", shown(name))
    return found


def put(ctx: Context, where: str, jail: str, *, seconds: int | None, reason: str | None = None) -> bool:
    """Enter an address or range into a jail or list; tell whether that changed anything.

    where: as `network` returns it; seconds: how long it holds, None for good
    An entry that holds as long already stays as it is: nothing is ever shortened.
    """
    now = ctx.clock.unix()
    until = None if seconds is None else now + seconds
    here = (ban_table.c.address == where) & (ban_table.c.jail == jail)
    present = ctx.db.execute(select(ban_table.c.until).where(here, _holds(ban_table, now))).first()
    if present is not None and (present.until is None or (until is not None and present.until >= until)):
        return False
    ctx.db.execute(delete(ban_table).where(ban_table.c.until < now - STALE))
    values = {"created": now, "until": until, "reason": reason}
    upsert(ctx.db, ban_table, {"address": where, "jail": jail, **values}, by=("address", "jail"))
    return True


def lift(ctx: Context, where: str, jail: str) -> bool:
    """Take an address or range out of a jail or list; tell whether it was in force there."""
    here = (ban_table.c.address == where) & (ban_table.c.jail == jail)
    found = ctx.db.execute(select(ban_table.c.id).where(here, _holds(ban_table, ctx.clock.unix()))).first()
    ctx.db.execute(delete(ban_table).where(here))
    return found is not None


def listed(ctx: Context, jail: str) -> list[str]:
    """Return what the administrator put into a list for good, in the order it came."""
    rows = ctx.db.execute(
        select(ban_table.c.address)
        .where(ban_table.c.jail == jail, ban_table.c.until.is_(None))
        .order_by(ban_table.c.id)
    )
    return list(rows.scalars())


def covering(ctx: Context, where: str, jails: Collection[str]) -> list[Ban]:
    """Return the entries of jails or lists that cover an address or range, narrowest first.

    Ranges are found by their names: an address lies in 33 of them at most (129 for IPv6), so that an index serves.
    """
    names, now = list(_ranges(where)), ctx.clock.unix()
    rows: list[Any] = list(
        ctx.db.execute(
            select(ban_table.c.jail, ban_table.c.address, ban_table.c.until, ban_table.c.reason)
            .where(ban_table.c.address.in_(names), ban_table.c.jail.in_(list(jails)), _holds(ban_table, now))
            .order_by(ban_table.c.jail)
        )
    )
    target = delegation_set(ctx)
    if target in jails:
        own = select(delegated_table.c.address, delegated_table.c.until).where(
            delegated_table.c.address.in_(names), _holds(delegated_table, now)
        )
        rows += [(target, row.address, row.until, "delegated to an account") for row in ctx.db.execute(own)]
    return sorted((Ban(*row) for row in rows), key=lambda entry: names.index(entry.address))


def delegation_set(ctx: Context) -> str:
    """Return the list that what accounts add by delegation counts to."""
    return ctx.settings.text("rampart.delegation_set")


def _holds(table: Any, now: int) -> ColumnElement[bool]:
    held: ColumnElement[bool] = table.c.until.is_(None) | (table.c.until > now)
    return held


def _ranges(where: str) -> Iterator[str]:
    own = networks.parse_network(where)
    for length in range(own.prefixlen, -1, -1):
        yield networks.to_text(own.supernet(new_prefix=length))


def in_force(ctx: Context, where: str, jails: Sequence[str] | None = None) -> list[Ban]:
    """Return what keeps an address out, after whitelist, blacklist and ignorelist had their say.

    jails: the jails to look at; all, and the blacklist, when None
    """
    found = covering(ctx, where, [*LISTS, *(JAILS if jails is None else jails)])
    lists = {entry.jail for entry in found if entry.jail in LISTS}
    if WHITELIST in lists:
        return []
    banned = [entry for entry in found if entry.jail in JAILS and IGNORELIST not in lists]
    return banned if jails is not None else [entry for entry in found if entry.jail == BLACKLIST] + banned
