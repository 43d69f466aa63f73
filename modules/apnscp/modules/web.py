"""Module web: domains, subdomains and document roots of an account (docs/panel.md, section 28)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import HostParts, ServedHost
from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.dns import zones
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites import records
from apnscp.opcenter.sites.records import Site
from apnscp.opcenter.web import domain_roots, hosts, paths, subdomains

FILTERS = ("local", "global", "path", "active", "inactive")
"""What web:list-subdomains takes as a filter, beside none."""


@command(Role.SITE, "write")
def add_subdomain(ctx: Context, subdomain: Annotated[str, Untyped], docroot: Annotated[str, Untyped]) -> bool:
    """Add a subdomain; its DNS records come with it.

    subdomain: such as shop.example.com, or shop for one below every domain of the account, or *.example.com
    docroot: a folder below /var/www or /home; without a slash in front it is below /var/www
    """
    site = records.own(ctx)
    _touch(ctx, site, subdomains.add(ctx, site, subdomain, docroot))
    return True


@command(Role.SITE, "write")
def remove_subdomain(ctx: Context, subdomain: str) -> bool:
    """Remove a subdomain and its DNS records; an unknown one brings a warning."""
    site = records.own(ctx)
    if subdomains.remove(ctx.db, site.id, subdomain):
        _touch(ctx, site, host_form(subdomain))
    else:
        ctx.warn("Unknown subdomain %s; nothing was removed", shown(subdomain))
    return True


@command(Role.SITE, "write")
def rename_subdomain(ctx: Context, subdomain: str, newsubdomain: str | None = None, newpath: str | None = None) -> bool:
    """Give a subdomain another name, another document root, or both.

    newsubdomain, newpath: null leaves it as it is
    """
    if newsubdomain is None and newpath is None:
        raise Refused("Nothing to rename `%s' to; give a new name, a new document root, or both", subdomain[:253])
    site = records.own(ctx)
    _touch(ctx, site, host_form(subdomain), subdomains.rename(ctx, site, subdomain, newsubdomain, newpath))
    return True


@command(Role.SITE)
def subdomain_exists(ctx: Context, subdomain: Annotated[str, Untyped]) -> bool:
    """Tell whether the account has a subdomain."""
    return host_form(subdomain) in subdomains.of_site(ctx.db, ctx.caller.site_id)


@command(Role.SITE)
def list_subdomains(
    ctx: Context, filter: Annotated[str, Untyped] = "", domains: Annotated[Any, Untyped] = []
) -> Annotated[dict[str, Any], dict[str, str]]:
    """Return the subdomains by name, with their document roots.

    filter: local (below one domain), global (below every domain), path (those that `domains` names by document root),
        active, inactive; all of them when left out
    domains: a domain or a list of them; with the filter path a document root or a list of these
    """
    if filter and filter not in FILTERS:
        raise Refused("Unknown filter %s; there are %s", shown(filter), ", ".join(FILTERS))
    site = records.own(ctx)
    wanted = set(domains.values() if isinstance(domains, dict) else domains if isinstance(domains, list) else [domains])
    wanted -= {"", None}
    return {
        name: path
        for name, path in subdomains.of_site(ctx.db, site.id).items()
        if _passes(site, name, path, filter, {str(each) for each in wanted})
    }


@command(Role.SITE)
def subdomain_info(ctx: Context, subdomain: Annotated[str, Untyped]) -> ServedHost:
    """Return document root, state, owner and type of a subdomain: path, active, user, type."""
    site = records.own(ctx)
    name, path = subdomains.require(ctx.db, site.id, subdomain)
    return _told(site, path, subdomains.kind(name))


@command(Role.SITE)
def subdomain_accessible(ctx: Context, subdomain: Annotated[str, Untyped]) -> bool:
    """Tell whether the web server serves a subdomain; those of a suspended account are not served."""
    subdomains.require(ctx.db, ctx.caller.site_id, subdomain)
    return not records.own(ctx).is_suspended


@command(Role.SITE)
def domain_exists(ctx: Context, domain: Annotated[str, Untyped]) -> bool:
    """Tell whether a domain is of the account: its primary domain or an alias."""
    return host_form(domain) in records.own(ctx).metadata.hosts


@command(Role.SITE)
def domain_info(ctx: Context, domain: Annotated[str, Untyped]) -> ServedHost:
    """Return document root, state, owner and type of a domain: path, active, user, type."""
    site = records.own(ctx)
    path = domain_roots.of(ctx.db, site).get(host_form(domain))
    if path is None:
        raise Refused("Unknown domain %s; web:list-domains lists them", shown(domain))
    return _told(site, path, "domain")


@command(Role.SITE)
def list_domains(ctx: Context) -> Annotated[dict[str, Any], dict[str, str]]:
    """Return the domains of the account with their document roots, the primary domain first."""
    return dict(domain_roots.of(ctx.db, records.own(ctx)))


@command(Role.SITE)
def get_docroot(ctx: Context, hostname: Annotated[str, Untyped], path: str = "") -> str:
    """Return the folder that serves a host name.

    hostname: a domain or subdomain of the account, with or without ``www.``; path: a folder below its document root
    """
    root = hosts.root_of(ctx.db, records.own(ctx), hostname)
    if root is None:
        raise Refused("Unknown host %s; web:list-domains and web:list-subdomains list them", shown(hostname))
    return paths.below(root, path or "")


@command(Role.SITE)
def normalize_path(ctx: Context, hostname: str, path: str = "") -> str | None:
    """Return the folder that serves a path of a host name, null for a host that the account does not serve."""
    root = hosts.root_of(ctx.db, records.own(ctx), hostname)
    return None if root is None else paths.below(root, path or "")


@command(Role.SITE)
def get_hostname_from_docroot(ctx: Context, docroot: str) -> str | None:
    """Return the host name that a document root serves, the first where there are several; null for none."""
    found = hosts.served_from(ctx.db, records.own(ctx), docroot)
    return found[0] if found else None


@command(Role.SITE)
def get_all_hostnames_from_path(ctx: Context, docroot: str) -> list[str]:
    """Return all host names that a document root serves, domains first."""
    return hosts.served_from(ctx.db, records.own(ctx), docroot)


@command(Role.SITE)
def is_subdomain(ctx: Context, hostname: str) -> bool:
    """Tell whether a host name is below a domain of the account and not one itself; it need not be served."""
    metadata = records.own(ctx).metadata
    name = host_form(hostname)
    return "." not in name or hosts.split(metadata, name).subdomain != ""


@command(Role.SITE)
def split_host(ctx: Context, host: Annotated[str, Untyped]) -> HostParts:
    """Return the subdomain and the domain of a host name; a name that is not of the account is a domain in full."""
    found = hosts.split(records.own(ctx).metadata, host)
    return {"subdomain": found.subdomain, "domain": found.domain}


@command(Role.SITE)
def normalize_hostname(ctx: Context, host: str) -> str:
    """Return a host name in full: lower case, without ``www.``, a single label below the primary domain."""
    return hosts.normalised(records.own(ctx).metadata, host)


@command(Role.SITE, "write")
def purge(ctx: Context) -> None:
    """Empty the cache of the web server; here nothing is cached, so an info is all that comes of it."""
    ctx.info("%s: the cache of the web server is empty", records.own(ctx).label)


def _touch(ctx: Context, site: Site, *names: str) -> None:
    """Let the zones in which subdomains stand follow a change of these."""
    for name in names:
        part, domains = subdomains.bare(site.metadata, name)
        for domain in domains:
            zones.touch(ctx, site, domain, part)


def _passes(site: Site, name: str, path: str, filter: str, wanted: set[str]) -> bool:
    if filter == "path":
        return path in {each.rstrip("/") for each in wanted}
    if filter in (subdomains.LOCAL, subdomains.GLOBAL) and (subdomains.kind(name) == subdomains.GLOBAL) != (
        filter == subdomains.GLOBAL
    ):
        return False
    if filter in ("active", "inactive") and site.is_suspended != (filter == "inactive"):
        return False
    return not wanted or bool({host_form(each) for each in wanted} & set(subdomains.bare(site.metadata, name)[1]))


def _told(site: Site, path: str, kind: str) -> ServedHost:
    owner = paths.owner(path, site.admin_user)
    return {"path": path, "active": not site.is_suspended, "user": owner, "type": kind}
