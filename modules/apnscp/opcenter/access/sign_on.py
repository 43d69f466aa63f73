"""Sign-on between accounts: a parent enters its subordinates and comes back (docs/panel.md, section 4).

An account is subordinate when its billing,parent_invoice is the other's billing,invoice. A session that entered an
account remembers from where; it can go back there and nowhere else, so a chain ends after one step.
"""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.roles import Role
from apnscp.opcenter.access import sessions
from apnscp.opcenter.settings.config import settings
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.sites.records import Site


def switch(ctx: Context, where: str) -> str:
    """Open a session in another account and return its id: in a subordinate, or back in the parent.

    where: domain or site id
    Raises Refused, in the same words for an account that is none of the caller's and for one that does not exist.
    """
    if ctx.caller.session_row is None or not ctx.caller.role & Role.SITE:
        raise Refused("Only the session of an account's administrator can enter another account")
    if not settings(ctx)["auth.subordinate_site_sso"]:
        raise Refused("Sign-on between accounts is switched off ([auth] subordinate_site_sso)")
    origin = sessions.origin_of(ctx.db, ctx.caller.session_row)
    target = _target(ctx, where)
    if target is not None and origin is not None and origin[0] == target.id:
        return _back(ctx, target, origin[1])
    own = records.own(ctx)
    if target is None or target.id == own.id or origin is not None or not is_subordinate(target, own):
        raise Refused("`%s' is no account that you may enter from here", where)
    return _enter(ctx, target, target.admin_user, origin=(own.id, ctx.caller.user))


def is_subordinate(other: Site, parent: Site) -> bool:
    """Tell whether an account belongs to a parent."""
    invoice = parent.doc["billing"]["invoice"]
    return bool(invoice) and other.id != parent.id and other.doc["billing"]["parent_invoice"] == invoice


def _back(ctx: Context, parent: Site, user: str) -> str:
    if user != parent.admin_user:
        raise Refused("`%s' does not administer %s any more", user, parent.domain)
    return _enter(ctx, parent, user, origin=None)


def _enter(ctx: Context, target: Site, user: str, origin: tuple[int, str] | None) -> str:
    if target.suspended_at is not None and not settings(ctx)["auth.suspended_login"]:
        raise Refused("%s is suspended and [auth] suspended_login is off", target.label)
    return sessions.open_session(
        ctx, site_id=target.id, user=user, role=Role.SITE, gate=ctx.caller.gate, origin=origin
    )  # fmt: skip


def _target(ctx: Context, where: str) -> Site | None:
    site_id = None if "\0" in where else find_one(ctx.db, where)
    return None if site_id is None else records.load(ctx.db, site_id)
