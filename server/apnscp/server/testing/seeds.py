"""Sites that a test begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from zlib import crc32

from sqlalchemy import func, select

from apnscp.core.context import Context
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.lifecycle.requests import ADD_FLAGS, read_options
from apnscp.opcenter.sites.tables import site_table as table
from apnscp.opcenter.users import passwords

LONGEST_NAME = 32
PASSWORDS = {"passwd", "tpasswd", "cpasswd"}
SHORT = {
    "aliases": "aliases.aliases",
    "email": "siteinfo.email",
    "invoice": "billing.invoice",
    "parent_invoice": "billing.parent_invoice",
    "password": "auth.tpasswd",
    "plan": "siteinfo.plan",
}
"""Short names of parameters that tests often set; all others are written `service.parameter`."""

Described = str | int | Mapping[str, Any]
"""A domain, a number of sites, or one site by its parameters."""


def described(items: Sequence[Described | Sequence[Described]], common: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through the sites that the arguments of `EmulatedPanel.seed` describe.

    items: domains, maps, numbers, and lists of them; common: parameters of each, or of the one site without items
    Raises TypeError for anything else.
    """
    if not items and common:
        yield dict(common)
    for item in items:
        if isinstance(item, str):
            yield {**common, "domain": item}
        elif isinstance(item, int):
            yield from (dict(common) for _ in range(item))
        elif isinstance(item, Mapping):
            yield {**common, **item}
        elif isinstance(item, Sequence):
            yield from described(item, common) if item else ()
        else:
            raise TypeError(f"A site is a domain, a map or a number of sites, not {item!r}")


def plant(ctx: Context, site: Mapping[str, Any]) -> str:
    """Add one site and return its domain.

    site: domain (exampleN.test when left out, N being the next number of a site); admin (made from the domain when
        left out); suspended (true, or the reason); the names of `SHORT`; any `service.parameter`
    Raises Refused for what the panel would refuse.
    """
    values = dict(site)
    suspended = values.pop("suspended", False)
    domain = values.pop("domain", None) or f"example{_next_number(ctx)}.test"
    admin = values.pop("admin", None) or administrator_of(domain)
    options = read_options({SHORT.get(name, name): value for name, value in values.items()}, ADD_FLAGS)
    if not options.values.get("auth", {}).keys() & PASSWORDS:
        options.values.setdefault("auth", {})["cpasswd"] = _unknown_password()
    account = operations.add(ctx, domain, admin, options.values, options.flags)
    if suspended:
        operations.suspend(ctx, account, "" if suspended is True else str(suspended))
    return account.domain


def administrator_of(domain: str) -> str:
    """Return a name for the administrator of a domain, the same at each run: `example-com` for example.com."""
    name = re.sub(r"[^a-z0-9]+", "-", domain.lower()).strip("-")
    if name[:1].isalpha() and len(name) <= LONGEST_NAME:
        return name
    return f"u{crc32(domain.encode()):08x}-{name[:20].strip('-')}"


@cache
def _unknown_password() -> str:
    """Return the hash of a password that nobody knows: one for all, since hashing is most of what a site costs."""
    return passwords.crypt(passwords.generate())


def _next_number(ctx: Context) -> int:
    return int(ctx.db.execute(select(func.max(table.c.id))).scalar() or 0) + 1
