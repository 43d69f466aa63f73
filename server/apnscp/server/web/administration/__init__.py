"""The pages of the administrator of the panel: sites, plans, settings, bans, and the mails that would have been sent."""

from __future__ import annotations

from apnscp.server.web.administration import (
    bans,
    many_sites,
    outbox,
    plans,
    scopes,
    settings,
    site,
    site_edit,
    site_entry,
    site_new,
    sites,
)

ROUTES = (sites, site_new, many_sites, site, site_edit, site_entry, plans, settings, scopes, bans, outbox)
"""The files with routes."""
