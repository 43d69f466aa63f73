"""Storage amnesty: an account's quota is multiplied for a while, once per waiting time (docs/panel.md, section 18).

The times and the factor are ``[quota] storage_boost``, ``storage_duration`` and ``storage_wait``; the time of the last
amnesty is the account's own ``diskquota,amnesty``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.settings.config import settings

_DAY = 86400


def active(ctx: Context, doc: Mapping[str, Mapping[str, Any]]) -> bool:
    """Tell whether an amnesty is running."""
    begun = doc["diskquota"]["amnesty"]
    return begun is not None and 0 <= ctx.clock.unix() - int(begun) < int(settings(ctx)["quota.storage_duration"])


def factor(ctx: Context, doc: Mapping[str, Mapping[str, Any]]) -> float:
    """Return what the storage quota is multiplied by now."""
    return float(settings(ctx)["quota.storage_boost"]) if active(ctx, doc) else 1.0


def require_due(ctx: Context, doc: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise Refused when the account has no storage limit, or its last amnesty is not long enough ago."""
    if not doc["diskquota"]["enabled"] or doc["diskquota"]["quota"] is None:
        raise Refused("The account has no storage limit; there is nothing to boost")
    begun = doc["diskquota"]["amnesty"]
    left = 0 if begun is None else int(begun) + int(settings(ctx)["quota.storage_wait"]) - ctx.clock.unix()
    if left > 0:
        days = -(-left // _DAY)
        raise Refused("Storage amnesty was requested before; it may be again in %d day%s", days, "s" * (days != 1))
