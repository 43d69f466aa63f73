"""Sign-on between accounts: a parent enters its subordinates and comes back (docs/panel.md, section 4).

An account is subordinate when its billing,parent_invoice is the other's billing,invoice. A session that entered an
account remembers from where; it can go back there and nowhere else, so a chain ends after one step.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.roles import Role
from apnscp.opcenter.access import sessions
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import site_table
from apnscp.opcenter.users import people

OFFERED = 50
"""Subordinates that are listed; others are entered by their domain."""


class Subordinate(NamedTuple):
    """An account that may be entered: its site id, primary domain, and whether it is active."""

    id: int
    domain: str
    active: bool


class Offer(NamedTuple):
    """Where a session may go: the domain of the parent that it came from, or the first `OFFERED` subordinates.

    more: whether there are more of them
    """

    parent: str | None
    subordinates: tuple[Subordinate, ...]
    more: bool = False


NOWHERE = Offer(None, ())


def offered(ctx: Context) -> Offer:
    """Return where the caller's session may go by `switch`: back to its parent, else to the subordinates by domain."""
    if ctx.caller.session_row is None or not ctx.caller.role & Role.SITE:
        return NOWHERE
    if not ctx.settings.flag("auth.subordinate_site_sso"):
        return NOWHERE
    origin_id = sessions.origin_of(ctx.db, ctx.caller.session_row)
    if origin_id is not None:
        origin = people.by_id(ctx.db, origin_id)
        parent = None if origin is None else records.find(ctx.db, origin.site_id)
        return Offer(None if parent is None else parent.domain, ())
    invoice = records.own(ctx).metadata.invoice
    if not invoice:
        return NOWHERE
    columns = site_table.c.id, site_table.c.domain, site_table.c.suspended_at
    below = select(*columns).where(site_table.c.parent_invoice == invoice, site_table.c.id != ctx.caller.site_id)
    rows = ctx.db.execute(below.order_by(site_table.c.domain).limit(OFFERED + 1)).all()
    found = (Subordinate(row.id, row.domain, row.suspended_at is None) for row in rows[:OFFERED])
    return Offer(None, tuple(found), len(rows) > OFFERED)


def switch(ctx: Context, where: str) -> str:
    """Open a session in another account and return its id: in a subordinate, or back in the parent.

    where: domain or site id
    Raises Refused, in the same words for an account that is none of the caller's and for one that does not exist.
    """
    if ctx.caller.session_row is None or not ctx.caller.role & Role.SITE:
        raise Refused("Only the session of an account's administrator can enter another account")
    if not ctx.settings.flag("auth.subordinate_site_sso"):
        raise Refused("Sign-on between accounts is switched off ([auth] subordinate_site_sso)")
    origin_id = sessions.origin_of(ctx.db, ctx.caller.session_row)
    origin = None if origin_id is None else people.by_id(ctx.db, origin_id)
    target = _target(ctx, where)
    if target is not None and origin is not None and origin.site_id == target.id:
        return _back(ctx, target, origin)
    own = records.own(ctx)
    if target is None or target.id == own.id or origin_id is not None or not is_subordinate(target, own):
        raise Refused("`%s' is not an account that you may enter from here", where)
    administrator = people.require(ctx.db, target.id, target.admin_user)
    return sessions.open_in_site(ctx, target, administrator, ctx.caller.gate, origin=ctx.caller.user_id)


def is_subordinate(other: Site, parent: Site) -> bool:
    """Tell whether an account belongs to a parent."""
    invoice = parent.metadata.invoice
    return bool(invoice) and other.id != parent.id and other.metadata.parent_invoice == invoice


def _back(ctx: Context, parent: Site, user: people.User) -> str:
    if user.name != parent.admin_user:
        raise Refused("`%s' does not administer %s any more", user.name, parent.domain)
    return sessions.open_in_site(ctx, parent, user, ctx.caller.gate)


def _target(ctx: Context, where: str) -> Site | None:
    site_id = None if "\0" in where else find_one(ctx.db, where)
    return None if site_id is None else records.load(ctx.db, site_id)
