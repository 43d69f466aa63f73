"""Pages of the list of sites, read from indexes, so that they are quick with many sites.

A row of a site is as large as its document, so nothing here looks at rows but those of the page itself: what is searched
for is a set of ids, and each set comes from one index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select, union

from apnscp.opcenter.services.values import completed
from apnscp.opcenter.sites.identifiers import number_of
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import host_table, site_table

STATES = ("active", "suspended")
SORTS = {
    "domain": site_table.c.domain,
    "admin": site_table.c.admin_user,
    "plan": site_table.c.plan,
    "invoice": site_table.c.invoice,
    "suspended": site_table.c.suspended_at,
    "id": site_table.c.id,
}
"""Columns by which a list may be sorted."""
_SHOWN = (
    site_table.c.id, site_table.c.revision, site_table.c.domain, site_table.c.admin_user, site_table.c.plan,
    site_table.c.invoice, site_table.c.parent_invoice, site_table.c.suspended_at, site_table.c.suspended_reason,
)  # fmt: skip


@dataclass(frozen=True)
class Search:
    """What a list is to show.

    text: part of a domain, an alias, the administrator's name or an invoice, or a site id such as site5
    plan: its name; state: one of STATES; invoice: in full, a site's own or its parent's; empty text admits all
    """

    text: str = ""
    plan: str = ""
    state: str = ""
    invoice: str = ""


@dataclass(frozen=True)
class Listed:
    """A page of the list: rows as the database gives them, and how many there are on all pages."""

    rows: Sequence[Any]
    total: int


def page(db: Connection, search: Search, *, sort: str = "domain", down: bool = False, at: int, size: int) -> Listed:
    """Return a page of the sites that a search finds.

    sort: a name of SORTS; down: the last first; at: rows to pass over; size: rows of the page
    """
    order = [each.desc() if down else each.asc() for each in (SORTS[sort], site_table.c.id)]
    chosen, total = _chosen(db, list(_conditions(search)), order, at, size)
    rows = {row.id: row for row in db.execute(select(*_SHOWN).where(site_table.c.id.in_(chosen)))}
    return Listed([rows[each] for each in chosen if each in rows], total)


def _chosen(
    db: Connection, found: list[ColumnElement[bool]], order: Sequence[ColumnElement[Any]], at: int, size: int
) -> tuple[list[int], int]:
    """Return the ids of a page, and how many sites are found in all: of a search in one go, since it is the costly part."""
    counted = func.count().over() if found else literal(None)
    rows = db.execute(select(site_table.c.id, counted).where(*found).order_by(*order).limit(size).offset(at)).all()
    if found and rows:
        return [row[0] for row in rows], rows[0][1]
    total = db.execute(select(func.count()).select_from(site_table).where(*found)).scalar_one()
    return [row[0] for row in rows], total


@dataclass(frozen=True)
class Totals:
    """How many sites there are, how many of them are suspended, and how many each plan has, most first."""

    sites: int
    suspended: int
    plans: Mapping[str, int]


def totals(db: Connection) -> Totals:
    """Return how many sites there are, by state and by plan."""
    suspended = select(func.count()).select_from(site_table).where(site_table.c.suspended_at.is_not(None))
    plans = dict(sorted(plans_in_use(db).items(), key=lambda each: -each[1]))
    return Totals(sum(plans.values()), db.execute(suspended).scalar_one(), plans)


def in_full(db: Connection, listed: Listed) -> list[Site]:
    """Return the sites of a page with their documents, in its order."""
    columns = (
        site_table.c.id,
        site_table.c.revision,
        site_table.c.doc,
        site_table.c.suspended_at,
        site_table.c.suspended_reason,
    )
    ids = [row.id for row in listed.rows]
    rows = db.execute(select(*columns).where(site_table.c.id.in_(ids)))
    found = {row[0]: Site(row[0], row[1], completed(row[2]), row[3], row[4]) for row in rows}
    return [found[each] for each in ids]


def plans_in_use(db: Connection) -> dict[str, int]:
    """Return how many sites each plan has that has any."""
    counted = select(site_table.c.plan, func.count()).group_by(site_table.c.plan).order_by(site_table.c.plan)
    return {str(plan): number for plan, number in db.execute(counted)}


def _conditions(search: Search) -> Iterator[ColumnElement[bool]]:
    own = site_table.c
    if search.text:
        yield own.id.in_(union(*_holding(search.text)).scalar_subquery())
    if search.plan:
        yield own.id.in_(select(own.id).where(own.plan == search.plan))
    if search.invoice:
        holders = [select(own.id).where(column == search.invoice) for column in (own.invoice, own.parent_invoice)]
        yield own.id.in_(union(*holders).scalar_subquery())
    if search.state:
        suspended = own.id.in_(select(own.id).where(own.suspended_at.is_not(None)))
        yield suspended if search.state == "suspended" else ~suspended


def _holding(text: str) -> Iterator[Select[Any]]:
    """Go through the queries that find what holds a text, one for each index.

    SQLite goes through an index of a computed column only where a condition bounds it; any text is above the empty one.
    """
    own = site_table.c
    yield select(host_table.c.site_id).where(host_table.c.name.contains(text.lower(), autoescape=True))
    for column in (own.admin_user, own.invoice, own.parent_invoice):
        yield select(own.id).where(column > "", column.icontains(text, autoescape=True))
    number = number_of(text)
    if number is not None:
        yield select(own.id).where(own.id == number)
