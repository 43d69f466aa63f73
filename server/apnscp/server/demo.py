"""The demo panel: two plans beside the defaults, and the three sites of the panel's billing guide."""

from __future__ import annotations

from typing import Any

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.plans.library import Plans
from apnscp.opcenter.settings import config

MASTER_INVOICE = "master-invoice-123"
PLANS: dict[str, dict[str, dict[str, Any]]] = {
    "starter": {"diskquota": {"quota": 1000}, "bandwidth": {"threshold": 10}, "users": {"max": 5}},
    "business": {"diskquota": {"quota": 20000}, "bandwidth": {"threshold": 500}, "cgroup": {"memory": 2048}},
}
SITES = (
    ("test-domain.com", "test-admin", {"billing": {"invoice": MASTER_INVOICE}}),
    ("test-domain-child1.com", "test-child-1", {"billing": {"parent_invoice": MASTER_INVOICE}}),
    ("test-domain-child2.com", "test-child-2", {"billing": {"parent_invoice": MASTER_INVOICE}}),
)


def fill(ctx: Context) -> None:
    """Add the demo plans, as files in the user's folder, and the demo sites to an empty panel; its zones are served."""
    config.put(ctx.db, "dns.provider_default", "builtin")
    plans = Plans(ctx.panel.plans)
    for name, values in PLANS.items():
        if name not in plans.names():
            plans.create(name, values=values)
    for domain, admin, values in SITES:
        operations.add(ctx, domain, admin, values, {})
