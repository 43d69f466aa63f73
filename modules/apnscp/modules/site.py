"""Module site: an account as its administrator sees it (docs/panel.md, section 18)."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter import usage
from apnscp.opcenter.accounts import own


@command(Role.SITE)
def get_account_quota(ctx: Context) -> dict[str, Any]:
    """Return what the account uses and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit."""
    doc = own(ctx).doc
    return dict(usage.storage_row(usage.figures(ctx.db, ctx.caller.site_id, doc), doc))


@command(Role.SITE)
def get_bandwidth_usage(ctx: Context, type: str | None = None) -> dict[str, float]:
    """Return the transfer since the cycle began, in bytes: used and total, -1 without a limit.

    type: not offered by the panel any more; naming one is an error
    """
    if type is not None:
        raise Refused("Transfer by type `%s' is not kept; leave the type out", type)
    doc = own(ctx).doc
    if not doc["bandwidth"]["enabled"]:
        return {"used": 0.0, "total": -1.0}
    counters = usage.figures(ctx.db, ctx.caller.site_id, doc)
    limit = usage.transfer_limit(doc)
    used = counters["bandwidth_in"] + counters["bandwidth_out"]
    return {"used": float(used), "total": float(-1 if limit is None else limit)}


@command(Role.SITE)
def get_bandwidth_rollover(ctx: Context) -> int:
    """Return when the bandwidth counter starts anew, as Unix time."""
    return usage.cycle(own(ctx).doc, ctx.clock)[1]
