"""The certificate with which an account begins (docs/panel.md, section 8, AddDomain)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import acting, requests
from apnscp.opcenter.sites.records import Site


def get(ctx: Context, site: Site, flags: Mapping[str, Any]) -> None:
    """Get a certificate for a new account where the flag bootstrap asks for it, or [letsencrypt] auto_bootstrap.

    Without ssl there is none; one that cannot be had brings a warning and leaves the account as it is.
    """
    wanted = flags.get("bootstrap", ctx.settings.flag("letsencrypt.auto_bootstrap"))
    if not wanted or not site.metadata.enabled("ssl"):
        return
    try:
        with ctx.savepoint():
            requests.bootstrap(acting.as_site(ctx, site.id))
    except Refused as error:
        ctx.warn("%s: no certificate: %s", site.label, error.text)
