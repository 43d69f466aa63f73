"""Storage amnesty: an account's quota is multiplied for a while, once per waiting time (docs/panel.md, section 18).

The times and the factor are ``[quota] storage_boost``, ``storage_duration`` and ``storage_wait``; the time of the last
amnesty is the account's own ``diskquota,amnesty``.
"""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.services.metadata import Metadata

_DAY = 86400


def active(ctx: Context, metadata: Metadata) -> bool:
    """Tell whether an amnesty is running."""
    begun = metadata["diskquota"]["amnesty"]
    return begun is not None and 0 <= ctx.clock.unix() - int(begun) < ctx.settings.number("quota.storage_duration")


def factor(ctx: Context, metadata: Metadata) -> float:
    """Return what the storage quota is multiplied by now."""
    return float(ctx.settings["quota.storage_boost"]) if active(ctx, metadata) else 1.0


def require_due(ctx: Context, metadata: Metadata) -> None:
    """Raise Refused when the account has no storage limit, or its last amnesty is not long enough ago."""
    if not metadata.enabled("diskquota") or metadata["diskquota"]["quota"] is None:
        raise Refused("The account has no storage limit; there is nothing to boost")
    begun = metadata["diskquota"]["amnesty"]
    left = 0 if begun is None else int(begun) + ctx.settings.number("quota.storage_wait") - ctx.clock.unix()
    if left > 0:
        days = -(-left // _DAY)
        raise Refused("Storage amnesty was requested before; it may be again in %d day%s", days, "s" * (days != 1))
