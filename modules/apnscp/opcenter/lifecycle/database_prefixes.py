"""Another database prefix, set by the account's own administrator (docs/panel.md, section 25)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.databases.kinds import KINDS
from apnscp.opcenter.lifecycle import operations
from apnscp.opcenter.services.values import normalise
from apnscp.opcenter.sites import records


def change(ctx: Context, text: str) -> None:
    """Give the caller's account another prefix on both servers; databases and users are renamed.

    text: the final ``_`` is added where it is missing
    Raises Refused while [auth] allow_database_change is off, for a prefix that is invalid, the present one or taken, and
    for an account without databases.
    """
    if not ctx.settings.flag("auth.allow_database_change"):
        raise Refused("This change is switched off ([auth] allow_database_change)")
    site = records.own(ctx)
    services = [kind.service for kind in KINDS if site.metadata.enabled(kind.service)]
    if not services:
        raise Refused("%s has neither MySQL nor PostgreSQL; there is no prefix to change", site.label)
    prefixes = {service: normalise(service, "dbaseprefix", text) for service in services}
    if None in prefixes.values():
        raise Refused("A prefix must be given: at least three characters with the final `_'")
    if all(site.metadata[service]["dbaseprefix"] == prefix for service, prefix in prefixes.items()):
        raise Refused("`%s' is the prefix of this account already", prefixes[services[0]])
    changed = {service: {"dbaseprefix": prefix} for service, prefix in prefixes.items()}
    operations.save(ctx, site, site.metadata.with_values(changed))
