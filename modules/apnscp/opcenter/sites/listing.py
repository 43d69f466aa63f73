"""Sites as a person looks through them: a page at a time, by a search word and by state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Select, func, select, union

from apnscp.opcenter.services.values import completed
from apnscp.opcenter.sites.identifiers import number_of
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.sites.tables import host_table, site_table

PAGE = 50
State = Literal["all", "active", "suspended"]
STATES: tuple[State, ...] = ("all", "active", "suspended")
_LONGEST = 253
_LAST = "\U0010ffff"
"""Character after all others."""

_ID = site_table.c.id + 0
"""The id in a form that keeps SQLite from fetching each site that fits: it goes along the index of domains, up to a page."""


class SitePage(NamedTuple):
    """One page of sites by domain, and how many there are on all pages."""

    sites: list[Site]
    total: int


class Totals(NamedTuple):
    """How many sites there are, how many of them are suspended, and how many each plan has, most first."""

    sites: int
    suspended: int
    plans: Mapping[str, int]


def page(db: Connection, word: str = "", state: State = "all", number: int = 1) -> SitePage:
    """Return a page of the sites that a word fits.

    word: a part of any of the site's host names, or the beginning of its administrator, its invoice or its parent's
        invoice, or its id (`site12`); empty for all
    number: of the page, from 1; each has `PAGE` sites
    """
    # the ids first, from indexes alone: a search that goes past many rows must not read their documents
    conditions = [*_fits(db, word.strip()[:_LONGEST].replace("\0", "")), *_in_state(state)]
    total = db.execute(select(func.count()).select_from(site_table).where(*conditions)).scalar_one()
    ids = select(site_table.c.id).where(*conditions).order_by(site_table.c.domain, site_table.c.id)
    chosen = db.execute(ids.limit(PAGE).offset(PAGE * (max(number, 1) - 1))).scalars().all()
    columns = (
        site_table.c.id, site_table.c.revision, site_table.c.doc, site_table.c.suspended_at, site_table.c.suspended_reason,
    )  # fmt: skip
    found = site_table.c.id.in_(chosen)
    rows = db.execute(select(*columns).where(found).order_by(site_table.c.domain, site_table.c.id))
    return SitePage([Site(row[0], row[1], completed(row[2]), row[3], row[4]) for row in rows], total)


def totals(db: Connection) -> Totals:
    """Return how many sites there are, by state and by plan."""
    suspended = select(func.count()).select_from(site_table).where(site_table.c.suspended_at.is_not(None))
    counted = func.count().label("sites")
    by_plan = select(site_table.c.plan, counted).group_by(site_table.c.plan).order_by(counted.desc(), site_table.c.plan)
    plans = {str(plan): int(number) for plan, number in db.execute(by_plan).all()}
    return Totals(sum(plans.values()), db.execute(suspended).scalar_one(), plans)


def _in_state(state: State) -> list[ColumnElement[bool]]:
    if state == "all":
        return []
    suspended = select(site_table.c.id).where(site_table.c.suspended_at.is_not(None))
    return [_ID.not_in(suspended) if state == "active" else _ID.in_(suspended)]


def _fits(db: Connection, word: str) -> list[ColumnElement[bool]]:
    if not word:
        return []
    text = word.lower()
    ways: list[Select[Any]] = [select(host_table.c.site_id).where(host_table.c.name.contains(text, autoescape=True))]
    columns = ((site_table.c.admin_user, text), (site_table.c.invoice, word), (site_table.c.parent_invoice, word))
    ways += [select(site_table.c.id).where(_begins(db, column, beginning)) for column, beginning in columns]
    ways.append(select(site_table.c.id).where(site_table.c.id == (number_of(word) or 0)))
    return [_ID.in_(union(*ways))]


def _begins(db: Connection, column: Column[str], word: str) -> ColumnElement[bool]:
    """Return whether a column begins with a word, in a form for which SQLite takes an index."""
    if db.dialect.name == "sqlite":
        return column.between(word, word + _LAST)
    return column.startswith(word, autoescape=True)
