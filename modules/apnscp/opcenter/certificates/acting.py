"""Acting for an account where the panel does something by itself."""

from __future__ import annotations

from dataclasses import replace

from apnscp.core.context import Caller, Context
from apnscp.core.roles import Role


def as_site(ctx: Context, site_id: int) -> Context:
    """Return a context in which the administrator of a site acts, or for 0 that of the panel; messages are the same."""
    return replace(ctx, caller=Caller(Role.SITE if site_id else Role.ADMIN, "", site_id), own_site=None)
