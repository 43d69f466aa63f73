"""Operations on the sites that an identifier stands for, one by one: an error in one leaves the others done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.records import Site

Work = Callable[[Site], None]


def each(ctx: Context, site_ids: Sequence[int], work: Work) -> bool:
    """Do `work` for each site and tell whether it succeeded for all of them.

    One site is refused as it stands. Of several, each is a unit of its own: what failed is undone and reported after the
    others are done and kept.
    """
    if len(site_ids) == 1:
        work(records.load(ctx.db, site_ids[0], lock=True))
        return True
    failures = [text for site_id in site_ids for text in _one(ctx, site_id, work)]
    ctx.commit_despite_refusal = True
    for text in failures:
        ctx.error("%s", text)
    return not failures


def _one(ctx: Context, site_id: int, work: Work) -> list[str]:
    label = site_name(site_id)
    try:
        with ctx.savepoint():
            site = records.load(ctx.db, site_id, lock=True)
            label = site.label
            work(site)
    except Refused as refusal:
        return [f"{label}: {refusal.text}"]
    return []
