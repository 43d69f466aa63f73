"""Module letsencrypt: certificates that the panel's own authority issues, without a network (docs/panel.md, section 27)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import AcmeChallenge
from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.certificates import challenges as proofs_by_hand
from apnscp.opcenter.certificates import installed, proofs, requests, subjects
from apnscp.opcenter.sites import records

_BOTH = Role.ADMIN | Role.SITE


@command(_BOTH, "write")
def request(ctx: Context, cnames: Annotated[Any, Untyped], verifyip: bool = True, strict: bool = False) -> bool:
    """Get a certificate for hosts and install it in place of the present one; for the administrator that of the panel.

    cnames: a host, or a list of them; verifyip: skip hosts whose records name another address
    strict: refuse as soon as one host is skipped
    """
    requests.request(ctx, requests.hosts_named(cnames), verify_ip=verifyip, strict=strict)
    return True


@command(Role.SITE, "write")
def append(ctx: Context, cnames: Annotated[Any, Untyped], verifyip: bool = True) -> bool:
    """Get a certificate for the hosts of the present one and further ones.

    cnames: a host, or a list of them; verifyip: skip hosts whose records name another address
    """
    requests.append(ctx, requests.hosts_named(cnames), verify_ip=verifyip)
    return True


@command(Role.SITE, "write")
def renew(ctx: Context, verifyip: bool = True) -> bool:
    """Get a new certificate for the hosts of the present one; that of a suspended account is not renewed.

    verifyip: skip hosts whose records name another address
    """
    requests.renew(ctx, verify_ip=verifyip)
    return True


@command(Role.SITE, "write")
def revoke(ctx: Context) -> bool:
    """Revoke the certificate and remove it."""
    requests.revoke(ctx)
    return True


@command(Role.SITE, "write")
def bootstrap(ctx: Context) -> bool:
    """Get the first certificate of the account, for its domains and their ``www.``; one that is there stays."""
    if exists(ctx):
        ctx.info("%s has a certificate of Let's Encrypt already", records.own(ctx).label)
        return True
    requests.bootstrap(ctx)
    return True


@command(Role.SITE)
def exists(ctx: Context) -> bool:
    """Tell whether the installed certificate is one of Let's Encrypt."""
    row = installed.find(ctx)
    return row is not None and bool(row.issued_here)


@command(Role.SITE)
def permitted(ctx: Context) -> bool:
    """Tell whether the account may have certificates of Let's Encrypt: ssl is on for it."""
    return records.own(ctx).metadata.enabled("ssl")


@command(Role.SITE)
def supported(ctx: Context) -> bool:
    """Tell whether the panel gets certificates at all; this one always does."""
    return True


@command(_BOTH, "write")
def challenges(
    ctx: Context, hosts: Annotated[Any, Untyped]
) -> Annotated[dict[str, Any], dict[str, list[AcmeChallenge]]]:
    """Return the challenges of hosts by host; letsencrypt:solve solves them, and a request takes the hosts then.

    hosts: a host, or a list of them; a wildcard has dns-01 alone
    """
    return dict(proofs_by_hand.of_hosts(ctx, _own(ctx, requests.hosts_named(hosts))))


@command(Role.SITE, "write")
def solve(ctx: Context, pairs: dict[str, Any]) -> bool:
    """Solve the challenges of hosts.

    pairs: host to mechanism, dns or http
    """
    if not pairs:
        raise Refused("pairs: name at least one host with its mechanism, such as [www.example.com:http]")
    named = {subjects.host(str(host), "pairs"): str(mechanism) for host, mechanism in pairs.items()}
    _own(ctx, list(named))
    proofs_by_hand.solve(ctx, named)
    return True


@command(Role.SITE, "write")
def use_mechanism(ctx: Context, domain: str, mechanism: str | None) -> bool:
    """Let a host be proved by one mechanism.

    domain: a host of the account; mechanism: dns or http, null for whichever suits
    """
    (host,) = _own(ctx, [subjects.host(domain, "domain")])
    proofs_by_hand.set_mechanism(ctx, host, mechanism)
    return True


def _own(ctx: Context, hosts: list[str]) -> list[str]:
    """Return hosts after making sure that an account named its own."""
    foreign = [host for host in hosts if ctx.caller.site_id and proofs.domain_of(ctx, host) is None]
    if foreign:
        raise Refused("%s is below no domain of this account; web:list-domains lists them", shown(foreign[0]))
    return hosts
