"""Module bandwidth: the account's transfer by cycle, day and service (docs/panel.md, section 19)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated

from apnscp.core.answers import CyclePeriod, ServiceTransfer, Transfer
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import require_one
from apnscp.opcenter.usage import figures
from apnscp.opcenter.usage.transfer import Ledger, Span

_GROUPINGS: dict[str, Callable[[Ledger], Iterable[Span]]] = {"month": Ledger.cycles, "day": Ledger.days}


@command(Role.SITE)
def enabled(ctx: Context) -> bool:
    """Tell whether the account's transfer is counted."""
    return bool(records.own(ctx).metadata.enabled("bandwidth"))


@command(Role.SITE)
def get_cycle_periods(ctx: Context) -> list[CyclePeriod]:
    """Return begin and end of the account's cycles as Unix times, oldest first; the last one is running."""
    ledger = _ledger(ctx)
    return [{"begin": begin, "end": end} for begin, end in ledger.periods()] if ledger else []


@command(Role.SITE)
def get_all_composite_bandwidth_data(ctx: Context, grouping: Annotated[str, Untyped] = "month") -> list[Transfer]:
    """Return the account's transfer over time, oldest first: begin and end (Unix times), in_bytes, out_bytes.

    grouping: month (by cycle) or day
    """
    if grouping not in _GROUPINGS:
        raise Refused("Unknown grouping `%s'; there are %s", grouping[:64], " and ".join(_GROUPINGS))
    ledger = _ledger(ctx)
    return [
        {"begin": span.begin, "end": span.end, "in_bytes": span.received, "out_bytes": span.sent}
        for span in (_GROUPINGS[grouping](ledger) if ledger else ())
    ]


@command(Role.SITE)
def get_by_date(
    ctx: Context, begin: Annotated[int | None, Untyped], end: Annotated[int | None, Untyped] = None
) -> list[ServiceTransfer]:
    """Return the account's transfer by service between two times: in and out (bytes), svc_name, ext_info (the domain).

    begin: Unix time; end: Unix time, now when left out; days that lie between them in part count in full
    """
    first, last = begin or 0, end or ctx.clock.unix()
    if first <= 0:
        raise Refused("No begin given; a Unix time is expected")
    if last < first:
        raise Refused("The end `%d' lies before the begin `%d'", last, first)
    ledger = _ledger(ctx)
    rows = ledger.services(first, last) if ledger else []
    domain = records.own(ctx).domain
    return [{"in": got, "out": sent, "svc_name": name, "ext_info": domain} for name, got, sent in rows]


@command(Role.ADMIN, "write")
def amnesty(ctx: Context, domain: str) -> bool:
    """Forgive an account what it transferred in the running cycle.

    domain: site id, domain or alias
    """
    site = records.load(ctx.db, require_one(ctx, domain))
    if not site.metadata.enabled("bandwidth"):
        raise Refused("%s: transfer is not counted, bandwidth,enabled is off", site.label)
    begin, _ = figures.cycle(site.metadata, ctx.clock)
    figures.put(ctx.db, site.id, dict.fromkeys(figures.TRANSFER, 0), cycle=begin)
    return True


def _ledger(ctx: Context) -> Ledger | None:
    """Return the transfer of the caller's account, None when it is not counted."""
    metadata = records.own(ctx).metadata
    if not metadata.enabled("bandwidth"):
        return None
    site_id = ctx.caller.site_id
    return Ledger(site_id, metadata, figures.of(ctx.db, site_id, metadata, ctx.clock), ctx.clock)
