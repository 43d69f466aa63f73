"""Addresses as email:list-mailboxes shows them, and what it can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from apnscp.core.answers_email import MailAddress
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.email import addresses
from apnscp.opcenter.email.addresses import FORWARD, MAILBOX, Address
from apnscp.opcenter.email.destinations import PROGRAM
from apnscp.opcenter.sites import records

FILTERS: Mapping[str, Callable[[Address], bool]] = {
    "forward": lambda address: address.type == FORWARD,
    "local": lambda address: address.type == MAILBOX,
    "special": lambda address: address.destination.startswith(PROGRAM),
    "single": lambda address: True,
    "enabled": lambda address: address.enabled,
    "disabled": lambda address: not address.enabled,
}
"""Filter to what it lets through; `destination` looks at the destinations instead of the address."""


def rows(ctx: Context, filter_: str | None, address: str | None, domain: str | None) -> list[MailAddress]:
    """Return addresses of the caller's account.

    filter_: one of FILTERS, or destination for those that lead to `address`
    address: the part before ``@``, or a whole address; domain: that domain alone
    Raises Refused for an unknown filter, and for single and destination without an address.
    """
    if filter_ is not None and filter_ not in (*FILTERS, "destination"):
        raise Refused("Unknown filter `%s'; there are %s and destination", filter_[:64], ", ".join(FILTERS))
    if address is None and filter_ in ("single", "destination"):
        raise Refused("The filter `%s' needs an address", filter_)
    found = addresses.of_site(ctx.db, records.own(ctx))
    if filter_ == "destination":
        return [row(each) for each in found if _leads_to(each, str(address).lower()) and _at(each, None, domain)]
    passes = FILTERS.get(filter_ or "single", FILTERS["single"])
    return [row(each) for each in found if passes(each) and _at(each, address, domain)]


def row(address: Address) -> MailAddress:
    """Return an address as the panel shows it."""
    home = f"/home/{address.user}/Mail/" if address.type == MAILBOX else ""
    return {
        "user": address.local,
        "domain": address.domain,
        "type": address.type,
        "enabled": int(address.enabled),
        "mailbox": f"{home}.{address.folder}/" if address.folder else home,
        "uid": address.user_id or 0,
        "custom": address.folder,
        "destination": address.destination or address.user,
    }


def _at(found: Address, address: str | None, domain: str | None) -> bool:
    wanted = None if address is None else address.strip().lower()
    return (wanted is None or wanted in (found.local, found.full)) and (
        domain is None or found.domain == domain.strip().lower()
    )


def _leads_to(found: Address, wanted: str) -> bool:
    return wanted in (found.destination or found.user).lower().split(",")
