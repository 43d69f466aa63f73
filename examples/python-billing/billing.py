"""A tiny billing module: one invoice is one hosting account."""

from __future__ import annotations

from apnscp.client import UtilAPI
from apnscp.client.errors import ConnectionFailed
from apnscp.client.util_api.answers import CollectRow

GRACE_DAYS = 30


class Billing:
    """What a shop does with accounts; `panel` reports refusals as faults (``abort_on="error"``)."""

    def __init__(self, panel: UtilAPI) -> None:
        """Work with a panel."""
        self.panel = panel

    def order(self, invoice: str, domain: str, admin: str, plan: str, email: str) -> None:
        """Create the account of an invoice; ordering the same again changes nothing."""
        if self.accounts(invoice):
            return
        options = {"siteinfo.plan": plan, "siteinfo.email": email, "billing.invoice": invoice}
        try:
            self.panel.admin.add_site(domain, admin, options)
        except ConnectionFailed:
            if not self.accounts(invoice):
                raise

    def upgrade(self, invoice: str, plan: str) -> None:
        """Move the accounts of an invoice to another plan."""
        self.panel.admin.edit_site(invoice, {"siteinfo.plan": plan}, {"reset": True})

    def overdue(self, invoice: str) -> None:
        """Suspend the accounts of an invoice that nobody pays."""
        self.panel.admin.deactivate_site(invoice, {"reason": f"Invoice {invoice} is overdue"})

    def paid(self, invoice: str) -> None:
        """Let the accounts of an invoice work again."""
        self.panel.admin.activate_site(invoice)

    def terminate(self, invoice: str) -> None:
        """Delete the accounts of an invoice; a lost answer is no failure where they are gone."""
        try:
            self.panel.admin.delete_site(invoice)
        except ConnectionFailed:
            if self.accounts(invoice):
                raise

    def clean_up(self) -> None:
        """Delete what nobody paid for too long."""
        self.panel.admin.delete_site(None, {"since": f"{GRACE_DAYS} days ago", "match": "overdue"})

    def accounts(self, invoice: str) -> dict[str, CollectRow]:
        """Return the accounts of an invoice by their site identifier; none is an empty map."""
        return self.panel.admin.collect(["siteinfo.plan"], {"billing.invoice": invoice})
