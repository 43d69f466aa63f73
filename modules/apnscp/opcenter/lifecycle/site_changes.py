"""What a call did to sites, value by value, from their states before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from apnscp.core.changes import Change
from apnscp.opcenter.lifecycle.edits import differences
from apnscp.opcenter.services.metadata import Metadata
from apnscp.opcenter.services.values import masked
from apnscp.opcenter.sites import suspension
from apnscp.opcenter.sites.records import Site

KNOWN_BY = (
    ("siteinfo", "admin_user"), ("siteinfo", "plan"), ("billing", "invoice"), ("billing", "parent_invoice"),
)  # fmt: skip
"""What is told of a site that is deleted, beside its domain."""

State: TypeAlias = "Site | Metadata | None"
"""A site, what a new one begins with, or None for one that is gone."""


def told(noted: Iterable[Change | tuple[Any, Any]]) -> list[Change]:
    """Return what was changed in the order in which it began, several changes of one site taken together.

    noted: `Changes.kept` of a call
    """
    sites: dict[int, tuple[State, State]] = {}
    found: list[Change | int] = []
    for entry in noted:
        if isinstance(entry, Change):
            found.append(entry)
            continue
        before, after = entry
        number = (before if after is None else after).id
        if number not in sites:
            found.append(number)
        sites[number] = sites[number][0] if number in sites else before, after
    return [change for each in found for change in ([each] if isinstance(each, Change) else _of_site(*sites[each]))]


def touched(noted: Iterable[Change | tuple[Any, Any]]) -> list[int]:
    """Return the numbers of the sites that were changed."""
    states = [state for entry in noted if not isinstance(entry, Change) for state in entry]
    return sorted({state.id for state in states if isinstance(state, Site)})


def _of_site(before: State, after: State) -> Iterator[Change]:
    if isinstance(after, Site) and isinstance(before, Site):
        yield from _suspended(before, after)
        yield from _parameters(after.label, before.metadata, after.metadata)
    elif isinstance(after, Site) and isinstance(before, Metadata):
        yield Change(after.label, "site", None, f"added on plan {after.metadata.plan}")
        yield from _parameters(after.label, before, after.metadata)
    elif isinstance(before, Site):
        yield Change(before.label, "site", "there", None)
        yield from _suspended(before, replace(before, suspended_at=None, reason=None))
        for service, name in KNOWN_BY:
            if before.metadata[service][name] is not None:
                yield Change(before.label, f"{service},{name}", before.metadata[service][name], None)


def _suspended(before: Site, after: Site) -> Iterator[Change]:
    old, new = _mark(before), _mark(after)
    if old[0] != new[0]:
        yield Change(after.label, "suspended", old[0], new[0])
    if old[1] != new[1]:
        yield Change(after.label, "reason", old[1], new[1])


def _mark(site: Site) -> tuple[str | None, str | None]:
    return None if site.suspended_at is None else suspension.day(site.suspended_at), site.reason


def _parameters(label: str, before: Metadata, after: Metadata) -> Iterator[Change]:
    for service, parameters in differences(before, after).items():
        for name, (old, new) in parameters.items():
            yield Change(label, f"{service},{name}", masked(service, name, old), masked(service, name, new))
