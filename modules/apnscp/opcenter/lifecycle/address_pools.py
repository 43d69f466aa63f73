"""Addresses that accounts get: of the pool that accounts share, in turn, or one of their own (docs/panel.md, section 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.scopes import switches
from apnscp.opcenter.services import networks
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.sites import addresses
from apnscp.opcenter.sites.tables import dedicated_address_table
from apnscp.opcenter.store.facts import count_up, fact

POOLS = {"ipinfo": "dns.ip4-pool", "ipinfo6": "dns.ip6-pool"}
"""The scope that holds the addresses which the accounts of a service share."""
_VERSIONS = {"ipinfo": 4, "ipinfo6": 6}
_RANGES = "dns.allocation_cidr"
_MOST_TRIED = 1 << 20


def pool(ctx: Context, service: str = "ipinfo") -> list[str]:
    """Return the addresses that accounts share; service is ipinfo, or ipinfo6 for IPv6."""
    return list(switches.value(ctx, POOLS[service]))


def assign(
    ctx: Context, metadata: Metadata, given: Mapping[str, Mapping[str, Any]], before: Metadata | None, *, dry_run: bool = False
) -> Metadata:  # fmt: skip
    """Return the document of an account with the addresses that it needs and does not name.

    given: what the call asks for; before: what the account was, None for a new one
    dry_run: whether the turn stays with whom it was
    Raises Refused when it is to have an address of its own and none is free.
    """
    for service in POOLS:
        if not metadata.enabled(service):
            continue
        asked = given.get(service, {})
        changed = before is None or bool({"namebased", "nbaddrs", "ipaddrs"} & set(asked))
        if changed and metadata[service]["namebased"]:
            if not metadata[service]["nbaddrs"]:
                shared = _next_shared(ctx, service, dry_run=dry_run)
                metadata = metadata.with_value(service, "nbaddrs", shared)
        elif changed and not metadata[service]["ipaddrs"]:
            metadata = metadata.with_value(service, "ipaddrs", [_own_address(ctx, service)])
    return metadata


def _next_shared(ctx: Context, service: str, *, dry_run: bool) -> list[str]:
    """Return the next address of the pool, in the order in which accounts come; none where the pool is empty."""
    shared, turn = pool(ctx, service), f"turn of {POOLS[service]}"
    if len(shared) < 2:
        return shared
    number = int(fact(ctx.db, turn, "0")) if dry_run else count_up(ctx.db, turn) - 1
    return [shared[number % len(shared)]]


def _own_address(ctx: Context, service: str) -> str:
    """Return a free address of ``[dns] allocation_cidr``; that it has a PTR record is not looked at."""
    ranges = [found for found in networks.parse_list(ctx.settings.text(_RANGES)) if found.version == _VERSIONS[service]]
    if not ranges:
        raise Refused(
            "%s,ipaddrs: an account that is not name-based needs an address of its own; name one, or set a range in "
            "[dns] allocation_cidr", service,
        )  # fmt: skip
    held = set(ctx.db.execute(select(dedicated_address_table.c.address)).scalars())
    held |= {*pool(ctx, service), addresses.of_server(ctx), *addresses.of_server_v6(ctx)}
    for candidate in islice(_hosts(ranges), _MOST_TRIED):
        if candidate not in held:
            return candidate
    raise Refused("%s,ipaddrs: no address in [dns] allocation_cidr is free; name one, or add a range", service)


def _hosts(ranges: list[networks.Network]) -> Iterator[str]:
    for found in ranges:
        yield from map(str, found.hosts())
