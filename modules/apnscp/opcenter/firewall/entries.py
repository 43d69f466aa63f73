"""What is in force in the firewall, for people who look through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from apnscp.core.context import Context
from apnscp.opcenter.firewall.tables import ban_table, delegated_table


def counts(ctx: Context, text: str = "") -> dict[str, int]:
    """Return how many entries each jail and list has that has any; `text` as for `of`."""
    counted = select(ban_table.c.jail, func.count()).where(*_chosen(ctx, text)).group_by(ban_table.c.jail)
    return {str(jail): number for jail, number in ctx.db.execute(counted)}


def of(ctx: Context, jail: str, text: str = "", *, most: int) -> Sequence[Any]:
    """Return entries of a jail or list that are in force, those that end first at the top.

    text: part of an address; most: how many at most
    Rows have address, created, until (Unix seconds, None for good) and reason.
    """
    rows = (
        select(ban_table.c.address, ban_table.c.created, ban_table.c.until, ban_table.c.reason)
        .where(ban_table.c.jail == jail, *_chosen(ctx, text))
        .order_by(ban_table.c.until.is_(None), ban_table.c.until, ban_table.c.id)
        .limit(most)
    )
    return ctx.db.execute(rows).all()


def delegated(ctx: Context, text: str = "", *, most: int) -> Sequence[Any]:
    """Return what accounts let through, ordered by account; rows have site_id, address and until."""
    held = or_(delegated_table.c.until.is_(None), delegated_table.c.until > ctx.clock.unix())
    named = [delegated_table.c.address.contains(text, autoescape=True)] if text else []
    order = delegated_table.c.site_id, delegated_table.c.address
    return ctx.db.execute(select(delegated_table).where(held, *named).order_by(*order).limit(most)).all()


def _chosen(ctx: Context, text: str) -> list[ColumnElement[bool]]:
    held = or_(ban_table.c.until.is_(None), ban_table.c.until > ctx.clock.unix())
    return [held, ban_table.c.address.contains(text, autoescape=True)] if text else [held]
