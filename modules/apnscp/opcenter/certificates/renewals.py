"""Renewal of the certificates that end soon, as the panel does every night."""

from __future__ import annotations

from sqlalchemy import select

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import acting, requests
from apnscp.opcenter.certificates.tables import certificate_table
from apnscp.opcenter.sites import records

DAY = 86400


def due(ctx: Context) -> list[int]:
    """Return the sites whose certificate ends within [letsencrypt] lookahead_days; 0 stands for the panel itself.

    One that ended more than lookbehind_days ago is left alone; -1 sets no limit.
    """
    now, back = ctx.clock.unix(), ctx.settings.number("letsencrypt.lookbehind_days")
    table = certificate_table.c
    soon = table.expires <= now + ctx.settings.number("letsencrypt.lookahead_days") * DAY
    chosen = select(table.site_id).where(table.issued_here == 1, soon)
    if back >= 0:
        chosen = chosen.where(table.expires >= now - back * DAY)
    return [found or 0 for found in ctx.db.execute(chosen.order_by(table.site_id)).scalars()]


def run(ctx: Context) -> list[str]:
    """Renew the certificates that are due, and return a line for each; those of suspended accounts wait."""
    return [line for line in (_renewed(ctx, site_id) for site_id in due(ctx)) if line]


def _renewed(ctx: Context, site_id: int) -> str | None:
    own = acting.as_site(ctx, site_id)
    label = records.own(own).label if site_id else "the panel"
    if site_id and records.own(own).is_suspended:
        return None
    try:
        with own.savepoint():
            requests.renew(own, verify_ip=True)
    except Refused as error:
        ctx.error("%s: its certificate was not renewed: %s", label, error.text)
        return None
    return f"{label}: certificate renewed"
