"""Operations on the sites that an identifier stands for, one by one: an error in one leaves the others done.

Over many sites they work in batches, between which others write: nobody waits longer than for about one batch. What a
caller may rely on then stands in docs/fidelity.md, "Groups and mass operations".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from apnscp.core.clock import monotonic
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import site_name
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.store.transactions import let_others_write

Work = Callable[[Site], None]

MOST_SITES = 50
"""Sites in a batch."""
LONGEST = 0.1
"""Seconds after which a batch ends with the site in hand, even if it has fewer."""


def each(ctx: Context, site_ids: Sequence[int], work: Work) -> bool:
    """Do `work` for each site, in this order, and tell whether it succeeded for all of them.

    One site is refused as it stands. Of several, each is a unit of its own: what failed is undone and reported after the
    others are done and kept. Each site is read when its turn comes; one that is gone by then is told of and passed over.
    A call that ends early, whatever the reason, leaves whole sites done and the rest untouched.
    """
    if len(site_ids) == 1:
        work(records.load(ctx.db, site_ids[0], lock=True))
        return True
    ctx.commit_despite_refusal = True
    failures = [text for site_id in _in_batches(ctx, site_ids) for text in _one(ctx, site_id, work)]
    for text in failures:
        ctx.error("%s", text)
    return not failures


def _in_batches(ctx: Context, site_ids: Sequence[int]) -> Iterator[int]:
    """Go through the sites; after each batch, keep what was done and let others write, unless another call waits for all."""
    begun, done = monotonic(), 0
    for site_id in site_ids:
        if not ctx.nested and (done == MOST_SITES or monotonic() - begun > LONGEST):
            let_others_write(ctx.db)
            if ctx.changes is not None:
                ctx.changes.settle()
            begun, done = monotonic(), 0
        yield site_id
        done += 1


def _one(ctx: Context, site_id: int, work: Work) -> list[str]:
    label = site_name(site_id)
    try:
        with ctx.savepoint():
            site = records.find(ctx.db, site_id, lock=True)
            if site is None:
                ctx.info("%s was deleted meanwhile and is left out", label)
                return []
            label = site.label
            work(site)
    except Refused as refusal:
        return [f"{label}: {refusal.text}"]
    return []
