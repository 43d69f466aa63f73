"""Module aliases: the further domains of an account (docs/panel.md, section 22)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from apnscp.core.answers import AliasJournal
from apnscp.core.context import Context
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.aliases import addon_domains, changes, ownership
from apnscp.opcenter.lifecycle import alias_journal
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites import records

Domain = Annotated[str, Untyped]


@command(Role.SITE, "write")
def add_domain(ctx: Context, domain: Domain, path: Annotated[str, Untyped]) -> Annotated[bool, Untyped]:
    """Attach a domain to the account; it waits in the journal until aliases:synchronize-changes.

    domain: one that no account has; a leading `www.' does not count
    path: its document root, below /home, /var/www or /usr/local; it is made where it is missing
    """
    changes.add(ctx, domain, path)
    return True


@command(Role.SITE, "write", deprecated=True)
def add_shared_domain(ctx: Context, domain: str, path: str) -> Annotated[bool, Untyped]:
    """Attach a domain to the account; aliases:add-domain is its name today."""
    changes.add(ctx, domain, path)
    return True


@command(Role.SITE, "write")
def remove_domain(ctx: Context, domain: Domain) -> Annotated[bool, Untyped]:
    """Detach a domain from the account; it waits in the journal until aliases:synchronize-changes."""
    changes.remove(ctx, domain)
    return True


@command(Role.SITE, "write", deprecated=True)
def remove_shared_domain(ctx: Context, domain: str) -> Annotated[bool, Untyped]:
    """Detach a domain from the account; aliases:remove-domain is its name today."""
    changes.remove(ctx, domain)
    return True


@command(Role.SITE, "write")
def remove_alias(ctx: Context, alias: Domain) -> Annotated[bool, Untyped]:
    """Detach a domain from the account, as aliases:remove-domain does."""
    changes.remove(ctx, alias)
    return True


@command(Role.SITE, "write")
def modify_domain(ctx: Context, domain: str, newparams: dict[Any, Any]) -> bool:
    """Change a domain of the account.

    newparams: owner, a user; path, the document root; domain, another name, which waits for aliases:synchronize-changes
    """
    changes.modify(ctx, domain, newparams)
    return True


@command(Role.SITE, "write")
def synchronize_changes(ctx: Context) -> Annotated[bool, Untyped]:
    """Apply what waits in the journal: aliases,aliases changes, and everything that has to do with domains follows."""
    alias_journal.synchronize(ctx)
    return True


@command(Role.SITE)
def list_unsynchronized_domains(ctx: Context) -> AliasJournal:
    """Return what aliases:synchronize-changes will do: add and remove, domains by their places in the lists that hold them."""
    domains = addon_domains.of_site(ctx.db, records.own(ctx))
    held = [each for each in domains if each.journal != "add"]
    return {
        "add": _placed(addon_domains.wanted(domains), "add"),
        "remove": _placed(held, "remove"),
    }


@command(Role.SITE)
def list_shared_domains(ctx: Context) -> Annotated[dict[str, Any], dict[str, str]]:
    """Return the document roots of the account's domains but the primary one, by domain, those in the journal included."""
    domains = addon_domains.wanted(addon_domains.of_site(ctx.db, records.own(ctx)))
    return {each.name: each.path for each in domains}


@command(Role.SITE)
def list_aliases(ctx: Context) -> list[str]:
    """Return the domains of the account but the primary one, as aliases,aliases holds them: without the journal."""
    return records.own(ctx).metadata.aliases


@command(Role.SITE)
def domain_exists(ctx: Context, domain: Domain) -> bool:
    """Tell whether the account has a domain, the primary one and those in the journal included."""
    site, name = records.own(ctx), host_form(domain)
    return name == site.domain or any(
        each.name == name for each in addon_domains.wanted(addon_domains.of_site(ctx.db, site))
    )


@command(Role.SITE, deprecated=True)
def shared_domain_exists(ctx: Context, domain: Domain) -> bool:
    """Tell whether the account has a domain; aliases:domain-exists is its name today."""
    return domain_exists(ctx, domain)


@command(Role.SITE)
def shared_domain_hosted(ctx: Context, domain: Domain) -> Annotated[bool, Untyped]:
    """Tell whether another account has a domain, which cannot be attached to this one then."""
    return ownership.hosted_elsewhere(ctx, records.own(ctx), ownership.domain_form(domain))


@command(Role.SITE)
def bypass_exists(ctx: Context, domain: Domain) -> Annotated[bool, Untyped]:
    """Tell whether a domain can be attached without proof of ownership, which [domains] dns_check asks for."""
    return not ownership.needs_proof(ctx, ownership.domain_form(domain))


@command(Role.SITE)
def challenge_token(ctx: Context) -> str:
    """Return the name of the file that proves consent where a domain is not the account's yet: 40 hexadecimal digits."""
    return ownership.challenge_token(ctx, records.own(ctx))


def _placed(domains: Sequence[addon_domains.AddonDomain], what: addon_domains.State) -> Any:
    """Return names by their places in a list, as PHP's array_diff leaves them: a list where these are 0, 1, 2 ..."""
    found = {place: each.name for place, each in enumerate(domains) if each.journal == what}
    return list(found.values()) if list(found) == list(range(len(found))) else found
