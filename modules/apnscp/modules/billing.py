"""Module billing: what the account tells of its invoice (docs/panel.md, section 17).

In the panel a stub that a billing system replaces; here, too, only invoice, age and plan of the account are known, and
everything about payments says that there are none.
"""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import NextPayment
from apnscp.core.context import Context
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites import identifiers, records

ACTIVE = 1
"""Status of every invoice, since none can be overdue."""


@command(Role.ALL)
def get_invoice(ctx: Context) -> str | None:
    """Return the invoice of the account, else its parent's, else null; null for the administrator."""
    return _invoice(records.own(ctx).metadata) if ctx.caller.site_id else None


@command(Role.ADMIN)
def get_invoice_from_domain(ctx: Context, domain: Annotated[str, Untyped]) -> str | None:
    """Return the invoice of the account that holds a domain, else its parent's; null when there is none."""
    site_id = identifiers.find_one(ctx.db, domain)
    return None if site_id is None else _invoice(records.metadata_of(ctx.db, site_id))


@command(Role.ADMIN)
def get_package_by_invoice(ctx: Context, invoice: Annotated[str, Untyped]) -> str | None:
    """Return the plan of the first account that holds an invoice, as its own or its parent's; null when none does."""
    holders = identifiers.by_invoice(ctx.db, invoice)
    return _plan(records.metadata_of(ctx.db, holders[0])) if holders else None


@command(Role.SITE)
def get_package_type(ctx: Context) -> str | None:
    """Return the plan of the account."""
    return _plan(records.own(ctx).metadata)


@command(Role.SITE)
def get_customer_since(ctx: Context) -> int:
    """Return when the account was made, as Unix time."""
    return records.own(ctx).metadata.created


@command(Role.SITE)
def get_hosting_subscription(ctx: Context) -> str | None:
    """Return the account's own invoice, null without one."""
    return records.own(ctx).metadata.invoice


@command(Role.SITE)
def is_billed(ctx: Context) -> bool:
    """Tell whether the account has an invoice of its own."""
    return records.own(ctx).metadata.invoice is not None


@command(Role.SITE)
def configured(ctx: Context) -> bool:
    """Tell whether a billing system is attached to the panel: none is."""
    return False


@command(Role.SITE)
def get_status(ctx: Context, invoice: Any = "") -> int:
    """Return the status of the account's billing: 1, active."""
    return ACTIVE


@command(Role.SITE)
def get_billing_status(ctx: Context, invoice: Any = "") -> int:
    """Return what billing:get-status returns."""
    return ACTIVE


@command(Role.SITE)
def get_payment_method(ctx: Context) -> str:
    """Return how the account is paid: "other", since no billing system is attached."""
    return "other"


@command(Role.SITE)
def get_next_payment(ctx: Context) -> NextPayment:
    """Return the next payment: date -1 and amount 0, none is due."""
    return {"date": -1, "amount": 0}


@command(Role.SITE)
def list_payments(ctx: Context) -> list[Any]:
    """Return the payments so far: none are known."""
    return []


@command(Role.SITE)
def get_renewal_link(ctx: Context, invoice: Any = None) -> str:
    """Return the address at which the account is renewed: empty, there is none."""
    return ""


@command(Role.SITE)
def get_renewal_hash(ctx: Context, invoice: Any = None) -> Any:
    """Return the token of a renewal: null, there is none."""
    return None


def _invoice(metadata: Metadata) -> str | None:
    return metadata.invoice or metadata.parent_invoice


def _plan(metadata: Metadata) -> str | None:
    plan = metadata["siteinfo"]["plan"]
    return None if plan is None else str(plan)
