"""Applying what waits in the journal of an account's domains (docs/panel.md, sections 6 and 22)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.aliases import addon_domains
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.lifecycle.edits import check_limits
from apnscp.opcenter.sites import records


def synchronize(ctx: Context) -> None:
    """Let aliases,aliases of the caller's account be what its administrator wants; every room follows.

    Raises Refused while the account is suspended, beyond aliases,max, and for a domain that another account took meanwhile.
    """
    site = records.load(ctx.db, ctx.caller.site_id, lock=True)
    if site.is_suspended:
        raise Refused("The account is suspended; its domains change once it is active again")
    wanted = [each.name for each in addon_domains.wanted(addon_domains.of_site(ctx.db, site))]
    if wanted == site.metadata.aliases:
        return
    metadata = site.metadata.with_values({"aliases": {"aliases": wanted, "enabled": 1}})
    check_limits(metadata)
    operations.save(ctx, site, metadata)
