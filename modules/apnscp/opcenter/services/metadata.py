"""The metadata of a site: every service and parameter with its value, and names for what is asked for most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Metadata(dict[str, dict[str, Any]]):
    """A complete document, service -> parameter -> value (docs/panel.md, section 6).

    That of a site is not changed in place: `with_value` and `with_values` return another one, which shares the services
    that stay.
    """

    @property
    def domain(self) -> str:
        """Return the primary domain."""
        return str(self["siteinfo"]["domain"])

    @property
    def admin_user(self) -> str:
        """Return the name of the account's administrator."""
        return str(self["siteinfo"]["admin_user"])

    @property
    def email(self) -> Any:
        """Return the contact address: one as text, or a list of several."""
        return self["siteinfo"]["email"]

    @property
    def plan(self) -> str:
        """Return the name of the account's plan, which may no longer exist."""
        return str(self["siteinfo"]["plan"])

    @property
    def invoice(self) -> str | None:
        """Return the account's own invoice."""
        found = self["billing"]["invoice"]
        return None if found is None else str(found)

    @property
    def parent_invoice(self) -> str | None:
        """Return the invoice of the account that pays for this one."""
        found = self["billing"]["parent_invoice"]
        return None if found is None else str(found)

    @property
    def created(self) -> int:
        """Return when the account was made, in Unix seconds; 0 where nobody knows."""
        return int(self["billing"]["ctime"] or 0)

    @property
    def aliases(self) -> list[str]:
        """Return the further domains of the account."""
        return list(self["aliases"]["aliases"] or ())

    @property
    def hosts(self) -> set[str]:
        """Return all host names that the account owns: primary domain and aliases."""
        return {self.domain, *self.aliases}

    def enabled(self, service: str) -> bool:
        """Tell whether a service is switched on."""
        return bool(self[service]["enabled"])

    def copy(self) -> Metadata:
        """Return a copy whose services may be changed in place."""
        return Metadata({service: dict(parameters) for service, parameters in self.items()})

    def with_value(self, service: str, parameter: str, value: Any) -> Metadata:
        """Return a copy in which one parameter has another value."""
        return self.with_values({service: {parameter: value}})

    def with_values(self, values: Mapping[str, Mapping[str, Any]]) -> Metadata:
        """Return a copy in which the parameters named in `values` have these values."""
        return Metadata({**self, **{service: {**self[service], **changed} for service, changed in values.items()}})
