"""Which calls are wanted, in the words that the command line and the pages share."""

from __future__ import annotations

from difflib import get_close_matches

from sqlalchemy import Connection

from apnscp import modules
from apnscp.core.errors import Refused, UnknownMethod
from apnscp.core.registry import REGISTRY, canonical
from apnscp.opcenter.settings import panel_clock
from apnscp.opcenter.sites import identifiers
from apnscp.server.calls import moments
from apnscp.server.journal_reader import Wanted, entries


def wanted(
    db: Connection, *, method: str | None = None, site: str | None = None, caller: str | None = None,
    faults: bool = False, since: str | None = None, until: str | None = None,
) -> Wanted:  # fmt: skip
    """Return which entries are wanted; None or the empty text for any.

    method: name in either spelling, or a glob such as ``admin:*-site``
    site: id, domain or alias of a site whose users called, or that was changed; one that is gone by its id
    caller: USER, or USER@DOMAIN
    since, until: by the panel's clock: "10 minutes" or 2h ago, a date or a time
    Raises Refused, which names what is not known and the way out.
    """
    user, _, domain = (caller or "").partition("@")
    clock = panel_clock.load(db) if since or until else None
    is_glob = bool(method) and any(mark in str(method) for mark in "*?")
    return Wanted(
        command=_command(db, method) if method and not is_glob else None,
        method=method if is_glob else None,
        faults=faults,
        site_id=_site_id(db, site) if site else None,
        user=user or None,
        of_site=_site_id(db, domain) if domain else None,
        since=None if not since or clock is None else moments.read(since, clock, "past"),
        until=None if not until or clock is None else moments.read(until, clock, "past"),
    )


def _command(db: Connection, method: str) -> str:
    """Return the name of a method as the journal keeps it; raises Refused for one that nobody has and nobody called.

    Those of surrogates are known by their calls: their files are read by the server alone.
    """
    modules.load_all()
    try:
        return REGISTRY.find(method).name
    except UnknownMethod:
        if entries(db, Wanted(canonical(method)), last=1):
            return canonical(method)
        known = {command.name: command.cli_name for command in REGISTRY}
        near = get_close_matches(canonical(method)[:96], known, 1, 0.6)
        hint = f"did you mean {known[near[0]]}?" if near else "`cpcmd misc:list-commands' lists them"
        raise Refused("Unknown method `%s'; %s", method, hint) from None


def _site_id(db: Connection, site: str) -> int:
    """Return the number of a site; one that is deleted may be named by its id."""
    found = identifiers.find_one(db, site)
    gone = identifiers.number_of(site)
    if found is None and gone is None:
        raise Refused("Unknown site `%s'; a site id, domain or alias is expected", site)
    return found or gone or 0
