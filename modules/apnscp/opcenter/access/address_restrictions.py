"""Addresses from which a user may sign in (docs/panel.md, section 12, "Two-factor and address restrictions")."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.access import restrictions
from apnscp.opcenter.access.tables import ip_restriction_table
from apnscp.opcenter.services.networks import network
from apnscp.opcenter.store.facts import begin_generation


def gate_named(name: str | None) -> str:
    """Return a gate that can be restricted, "" for all; raises Refused for any other."""
    gate = (name or "").upper()
    if gate and gate not in restrictions.GATES:
        raise Refused("Unknown gate `%s'; the gates are %s", name, ", ".join(restrictions.GATES))
    return gate


def listed(db: Connection, user_id: int, gate: str = "") -> dict[str, list[str]]:
    """Return a user's restrictions: address or range to the gates it opens, none named for all.

    gate: only what opens this gate
    """
    rows = db.execute(
        select(ip_restriction_table.c.address, ip_restriction_table.c.gate)
        .where(_of(user_id))
        .order_by(ip_restriction_table.c.id)
    ).all()
    found: dict[str, list[str]] = {address: [] for address, _ in rows}
    for address, where in rows:
        if where:
            found[address].append(where)
    everywhere = {address for address, where in rows if not where}
    shown = {address: [] if address in everywhere else gates for address, gates in found.items()}
    return {address: gates for address, gates in shown.items() if not gate or not gates or gate in gates}


def add(ctx: Context, user_id: int, ip: str, gate: str, limit: int | None) -> None:
    """Restrict a user to an address or range, beside those that are listed.

    limit: most entries, None for no limit
    Raises Refused for a malformed address, one that is listed already, and beyond the limit.
    """
    where = network(ip)
    held = ctx.db.execute(select(ip_restriction_table.c.address, ip_restriction_table.c.gate).where(_of(user_id))).all()
    if (where, gate) in [tuple(row) for row in held]:
        raise Refused("`%s' is listed already", where)
    if limit is not None and len(held) >= limit:
        raise Refused("%d address restrictions are the most that are permitted here", limit)
    ctx.db.execute(insert(ip_restriction_table).values(user_id=user_id, address=where, gate=gate))
    begin_generation(ctx.db)


def admit(ctx: Context, user_id: int) -> None:
    """Add the caller's address where a user is restricted to others ([auth] update_restrictions_on_reset)."""
    held = listed(ctx.db, user_id)
    if held and ctx.caller.ip not in held:
        add(ctx, user_id, ctx.caller.ip, "", None)


def delete(ctx: Context, user_id: int, ip: str, gate: str) -> None:
    """Take a restriction away; without a gate all of the address; raises Refused when it is not listed."""
    where = network(ip)
    chosen = and_(_of(user_id), ip_restriction_table.c.address == where)
    if gate:
        chosen = and_(chosen, ip_restriction_table.c.gate == gate)
    if not ctx.db.execute(ip_restriction_table.delete().where(chosen)).rowcount:
        raise Refused("`%s' is not listed; auth:get-ip-restrictions shows what is", where)
    begin_generation(ctx.db)


def limit_of(ctx: Context, own: Any) -> int | None:
    """Return how many restrictions a user may have, None for no limit.

    own: auth,iprestrict of the account; DEFAULT or -1 stands for [auth] ip_restriction_limit
    """
    for value in (own, ctx.settings["auth.ip_restriction_limit"]):
        if isinstance(value, int) and value >= 0:
            return int(value)
    return None


def _of(user_id: int) -> ColumnElement[bool]:
    return ip_restriction_table.c.user_id == user_id
