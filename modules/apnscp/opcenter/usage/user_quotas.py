"""Storage of single users: what each may use, and which part of the account's figures is theirs.

Nothing is stored on disk here: each user has a part of the account's figures that depends on the user alone, and the
administrator has the rest, so that the users add up to the account (docs/fidelity.md, "Users of accounts").
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.statements import upsert
from apnscp.opcenter.usage import figures, reports
from apnscp.opcenter.usage.tables import user_quota_table
from apnscp.opcenter.users import people
from apnscp.opcenter.users.people import User
from apnscp.opcenter.users.tables import user_table

MEGABYTE = 1024
"""Blocks of a megabyte."""


class Limits(NamedTuple):
    """What a user may use: KB and files, 0 for no limit of its own."""

    blocks: int = 0
    inodes: int = 0


def set_limits(ctx: Context, site: Site, user: User, megabytes: float, files: int) -> None:
    """Limit the storage of a user; what is above the account's own limit is lowered to it with a warning.

    megabytes: storage; files: number of files; 0 is no limit of the user's own
    Raises Refused for a negative number.
    """
    wanted = Limits(_not_negative("quota", megabytes, MEGABYTE), _not_negative("file quota", files, 1))
    most = _limits_of(figures.storage_row({"storage": 0, "inodes": 0}, site.metadata))
    limits = Limits(*(min(own, above) if above else own for own, above in zip(wanted, most, strict=True)))
    if limits.blocks != wanted.blocks:
        ctx.warn("The quota of `%s' was lowered to that of the account, %g MB", user.name, most.blocks / MEGABYTE)
    if limits.inodes != wanted.inodes:
        ctx.warn("The file quota of `%s' was lowered to that of the account, %d files", user.name, most.inodes)
    if any(limits):
        upsert(ctx.db, user_quota_table, {"user_id": user.id, "blocks": limits.blocks, "inodes": limits.inodes})
    else:
        ctx.db.execute(delete(user_quota_table).where(user_quota_table.c.user_id == user.id))


def rows(ctx: Context, site: Site) -> dict[str, dict[str, int]]:
    """Return the storage of each user of the caller's account by name: rows as `figures.storage_row` shapes them."""
    account = reports.own_storage(ctx)
    own = _own_limits(ctx.db, site.id)
    left = Limits(account["qused"], account["fused"])
    found = {}
    for name, user_id in _secondary(ctx.db, site):
        limits = _effective(own.get(user_id, Limits()), account)
        used = Limits(
            *(
                min(part, most) if most else part
                for part, most in zip(_part(user_id, account, len(own)), limits, strict=True)
            )
        )
        used = Limits(*(min(part, rest) for part, rest in zip(used, left, strict=True)))
        left = Limits(left.blocks - used.blocks, left.inodes - used.inodes)
        found[name] = _row(used, limits)
    return {site.admin_user: _row(left, _limits_of(account))} | found


def _secondary(db: Connection, site: Site) -> Iterator[tuple[str, int]]:
    columns = user_table.c.name, user_table.c.id
    mine = select(*columns).where(people.of_site(site.id), user_table.c.name != site.admin_user)
    return ((row.name, row.id) for row in db.execute(mine.order_by(user_table.c.id)))


def _own_limits(db: Connection, site_id: int) -> dict[int, Limits]:
    """Return the limits of every user of a site by id."""
    mine = user_table.outerjoin(user_quota_table, user_quota_table.c.user_id == user_table.c.id)
    columns = user_table.c.id, user_quota_table.c.blocks, user_quota_table.c.inodes
    found = db.execute(select(*columns).select_from(mine).where(people.of_site(site_id)))
    return {row.id: Limits(row.blocks or 0, row.inodes or 0) for row in found}


def _part(user_id: int, account: dict[str, int], users: int) -> Limits:
    """Return the part of a user in the figures of the account, less than one of as many equal parts as there are users."""
    share = [byte / 256 for byte in hashlib.sha256(b"user%d" % user_id).digest()]
    return Limits(int(account["qused"] * share[0] / users), int(account["fused"] * share[1] / users))


def _effective(own: Limits, account: dict[str, int]) -> Limits:
    """Return what holds for a user: the lower limit of two, the account's where the user has none."""
    pairs = zip(own, _limits_of(account), strict=True)
    return Limits(*(min(mine, above) if mine and above else mine or above for mine, above in pairs))


def _limits_of(row: dict[str, int]) -> Limits:
    return Limits(row["qhard"], row["fhard"])


def _row(used: Limits, most: Limits) -> dict[str, int]:
    return {
        "qused": used.blocks, "qsoft": most.blocks, "qhard": most.blocks,
        "fused": used.inodes, "fsoft": most.inodes, "fhard": most.inodes,
    }  # fmt: skip


def _not_negative(what: str, number: Any, unit: int) -> int:
    """Return a number in units; raises Refused for a negative one and for more than `figures.LARGEST` bytes."""
    if not 0 <= number <= figures.LARGEST // 1024 // unit:
        raise Refused("`%s' is not a %s; give a number from 0, which is no limit", number, what)
    return int(number * unit)
