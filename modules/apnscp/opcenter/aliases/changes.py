"""Changes of an account's further domains, which wait in the journal (docs/panel.md, section 22).

Each function works on the caller's account; `lifecycle.alias_journal` applies what waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.aliases import addon_domains, ownership
from apnscp.opcenter.aliases.addon_domains import AddonDomain
from apnscp.opcenter.services import paths
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.users import details, people

_PARAMETERS = ("owner", "path", "domain")


def add(ctx: Context, text: str, path: str) -> None:
    """Put the addition of a domain into the journal.

    text: the domain, in any case, with or without ``www.``; path: its document root
    Raises Refused for a domain or path that is malformed or not free, without proof of ownership, and beyond aliases,max.
    """
    site = records.load(ctx.db, ctx.caller.site_id, lock=True)
    domain, folder = ownership.domain_form(text), _document_root(path)
    ownership.require_free(ctx, site, domain)
    _require_room(ctx, site)
    _put(ctx, site, AddonDomain(domain, folder))


def remove(ctx: Context, text: str) -> None:
    """Put the removal of a domain into the journal, or take its addition back out.

    Raises Refused for a domain that is not attached.
    """
    site = records.load(ctx.db, ctx.caller.site_id, lock=True)
    _take(ctx, site, _attached(ctx, site, text))


def modify(ctx: Context, text: str, parameters: Mapping[Any, Any]) -> None:
    """Change a domain of the account.

    parameters: owner, the user who owns the files; path, the document root; domain, another name, which waits in the
        journal. What is not named stays.
    Raises Refused for the primary domain, an unknown domain, user or parameter, a malformed path, a name that is not free.
    """
    unknown = sorted(str(name) for name in parameters if name not in _PARAMETERS)
    if unknown:
        raise Refused("Unknown parameter `%s'; there are %s", unknown[0][:64], ", ".join(_PARAMETERS))
    site = records.load(ctx.db, ctx.caller.site_id, lock=True)
    domain = changed = _attached(ctx, site, text)
    if parameters.get("owner") is not None:
        user = people.require(ctx.db, site.id, str(parameters["owner"]))
        changed = replace(changed, owner=None if user.name == site.admin_user else user.name)
    if parameters.get("path") is not None:
        changed = replace(changed, path=_document_root(str(parameters["path"])))
    new = ownership.domain_form(str(parameters["domain"])) if parameters.get("domain") is not None else domain.name
    if new != domain.name:
        ownership.require_free(ctx, site, new)
        _take(ctx, site, domain)
        changed = replace(changed, name=new)
    _put(ctx, site, changed)


def _attached(ctx: Context, site: Site, text: str) -> AddonDomain:
    """Return a domain of the account; raises Refused for the primary one and for one that is not attached."""
    domain = ownership.domain_form(text)
    if domain == site.domain:
        raise Refused("`%s' is the primary domain of the account; auth:change-domain changes it", domain)
    for each in addon_domains.wanted(addon_domains.of_site(ctx.db, site)):
        if each.name == domain:
            return each
    raise Refused("Unknown domain `%s'; aliases:list-shared-domains lists those of the account", domain)


def _put(ctx: Context, site: Site, domain: AddonDomain) -> None:
    """Keep a domain, waiting to be added unless the site holds it; a folder that nothing used before is made."""
    if not _is_known(ctx, site, domain.path):
        ctx.warn("The folder `%s' did not exist and was made", domain.path)
    waiting = domain.name not in site.metadata.aliases
    addon_domains.keep(ctx.db, site.id, replace(domain, journal="add" if waiting else ""))


def _take(ctx: Context, site: Site, domain: AddonDomain) -> None:
    """Let a domain wait to be removed, or forget one that was not added yet."""
    if domain.name in site.metadata.aliases:
        addon_domains.keep(ctx.db, site.id, replace(domain, journal="remove"))
    else:
        addon_domains.forget(ctx.db, site.id, domain.name)


def _is_known(ctx: Context, site: Site, path: str) -> bool:
    """Tell whether a folder is there already: the usual document root, a home, or in use by a domain."""
    used = {each.path for each in addon_domains.of_site(ctx.db, site)}
    homes = {entry["home"].rstrip("/") + "/" for entry in details.entries(ctx.db, site.id).values()}
    return path in used | homes | {addon_domains.USUAL_PATH}


def _document_root(text: str) -> str:
    try:
        return paths.directory(text) + "/"
    except ValueError:
        raise Refused("`%s' cannot be a document root; give %s", text[:64], paths.ROOT_WORDS) from None


def _require_room(ctx: Context, site: Site) -> None:
    """Raise Refused beyond aliases,max, which counts the primary domain here (docs/panel.md, section 22)."""
    most = site.metadata["aliases"]["max"]
    after = len(addon_domains.wanted(addon_domains.of_site(ctx.db, site))) + 1
    if isinstance(most, int) and after + 1 > most:
        raise Refused("aliases,max admits %d domains, the primary one included; remove one first", most)
