"""Resellers: administrators of accounts who add, edit, suspend and activate accounts of their own, within limits.

An account is a reseller's when its billing,parent_invoice is the reseller's billing,invoice.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from apnscp.surrogates import Refused, Role, Secret, Surrogate, command


@dataclass(frozen=True)
class Limits:
    """What a reseller may have: how many accounts, and of which plans, the first one by default."""

    sites: int
    plans: tuple[str, ...]


RESELLERS = {
    "master-invoice-123": Limits(sites=4, plans=("starter", "business")),
}
"""Invoice of an account -> what its administrator may do as a reseller; nobody else is one."""


class Reseller(Surrogate):
    """A module that the panel does not have."""

    @command(Role.SITE)
    def get_limits(self) -> dict[str, Any]:
        """Return how many accounts the caller may have and has, and the plans."""
        invoice, limits = self._reseller()
        with self.as_administrator() as admin:
            return {"sites": limits.sites, "used": len(_sites(admin, invoice)), "plans": list(limits.plans)}

    @command(Role.SITE)
    def list_sites(self) -> dict[str, dict[str, Any]]:
        """Return the caller's accounts: site id to domain, administrator, plan, address and whether it is active."""
        invoice, _ = self._reseller()
        with self.as_administrator() as admin:
            return _sites(admin, invoice)

    @command(Role.SITE, "write")
    def add_site(
        self, domain: str, admin: str, password: Annotated[str, Secret], email: str = "", plan: str = ""
    ) -> bool:  # fmt: skip
        """Add an account.

        domain: free on this server; admin: name of its administrator; email: its contact address, none when empty
        plan: one of the caller's plans, the first of them when empty
        """
        invoice, limits = self._reseller()
        options = {
            "billing.parent_invoice": invoice,
            "siteinfo.plan": self._permitted(limits, plan or limits.plans[0]),
            "auth.tpasswd": password,
        }
        if email:
            options["siteinfo.email"] = email
        with self.as_administrator() as administrator:
            used = len(_sites(administrator, invoice))
            if used >= limits.sites:
                raise Refused("You have %d of %d accounts; ask for a higher limit", used, limits.sites)
            return bool(administrator.call("admin:add-site", domain, admin, options))

    @command(Role.SITE, "write")
    def edit_site(
        self, site: str, plan: str = "", email: str = "", password: Annotated[str, Secret] = ""
    ) -> bool:  # fmt: skip
        """Change plan, contact address or password of an account; what is empty stays as it is.

        site: its id or primary domain
        """
        _, limits = self._reseller()
        options = {"siteinfo.email": email, "auth.tpasswd": password}
        if plan:
            options["siteinfo.plan"] = self._permitted(limits, plan)
        return self._on(site, "admin:edit-site", {name: value for name, value in options.items() if value})

    @command(Role.SITE, "write")
    def suspend_site(self, site: str, reason: str = "") -> bool:
        """Suspend an account.

        site: its id or primary domain
        """
        return self._on(site, "admin:deactivate-site", {"reason": reason})

    @command(Role.SITE, "write")
    def activate_site(self, site: str) -> bool:
        """Lift the suspension of an account.

        site: its id or primary domain
        """
        return self._on(site, "admin:activate-site")

    def _reseller(self) -> tuple[str, Limits]:
        """Return the caller's invoice and limits."""
        invoice = self.call("common:get-service-value", "billing", "invoice")
        if invoice not in RESELLERS:
            raise Refused("This account is no reseller's; ask for an invoice that is")
        return invoice, RESELLERS[invoice]

    def _permitted(self, limits: Limits, plan: str) -> str:
        if plan not in limits.plans:
            raise Refused("The plan `%s' is not yours to give; there are %s", plan, ", ".join(limits.plans))
        return plan

    def _on(self, site: str, method: str, *arguments: Any) -> bool:
        """Call a method as the administrator on one account of the caller's, and on no other."""
        invoice, _ = self._reseller()
        with self.as_administrator() as admin:
            for site_id, row in _sites(admin, invoice).items():
                if site.lower() in (site_id, row["domain"]):
                    return bool(admin.call(method, site_id, *arguments))
        raise Refused("You have no account `%s'; reseller:list-sites names them", site)


def _sites(admin: Any, invoice: str) -> dict[str, dict[str, Any]]:
    """Return the accounts below an invoice, by site id."""
    fields = ["siteinfo.admin_user", "siteinfo.plan", "siteinfo.email"]
    found = admin.call("admin:collect", fields, {"billing.parent_invoice": invoice})
    return {site: {**row["siteinfo"], "domain": row["domain"], "active": row["active"]} for site, row in found.items()}
