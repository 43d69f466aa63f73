"""The site that the address of a page names."""

from __future__ import annotations

from flask import abort
from sqlalchemy import Connection

from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.identifiers import find_one
from apnscp.opcenter.sites.records import Site


def named(db: Connection, name: str) -> Site:
    """Return the site that a number, a site id, a domain or an alias names; 404 where there is none."""
    site_id = find_one(db, name)
    found = None if site_id is None else records.find(db, site_id)
    if found is None:
        abort(404, f"There is no site `{name}'; it may have been deleted")
    return found
