"""Certificates of the panel's own authority: request, append, renew, revoke (docs/panel.md, section 27)."""

from __future__ import annotations

from collections.abc import Iterable

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import (
    authority,
    challenges,
    installed,
    issuing,
    private_keys,
    proofs,
    signing_requests,
    subjects,
)
from apnscp.opcenter.sites import records

MOST_HOSTS = 100
"""Hosts in one certificate of Let's Encrypt."""


def hosts_named(given: object) -> list[str]:
    """Return the hosts of an argument: one as text, several with commas or spaces between them, or a list.

    Raises Refused for none, too many, and what is not a host name.
    """
    listed = given.values() if isinstance(given, dict) else given if isinstance(given, list) else [given]
    words = [word for each in listed for word in str("" if each is None else each).replace(",", " ").split()]
    hosts = list(dict.fromkeys(subjects.host(word, "cnames") for word in words))
    if not hosts:
        raise Refused("cnames: name at least one host")
    if len(hosts) > MOST_HOSTS:
        raise Refused("cnames: %d hosts are more than one certificate holds (%d)", len(hosts), MOST_HOSTS)
    return hosts


def request(ctx: Context, hosts: Iterable[str], *, verify_ip: bool, strict: bool) -> None:
    """Issue a certificate for hosts and install it in place of the one before.

    verify_ip: skip hosts whose records name another address; strict: refuse as soon as one host is skipped
    Raises Refused where ssl is off, for a foreign host, and when no host is left.
    """
    installed.require_switched_on(ctx)
    proved = proofs.proved(ctx, list(hosts), verify_ip=verify_ip, strict=strict)
    if not proved:
        raise Refused("No host is left of those that were named, so no certificate was issued")
    issuer, key = authority.of_panel(ctx), private_keys.make_ec()
    certificate = issuing.issued(issuer, key, proved, ctx.clock.datetime(), authority.DAYS)
    own_request = signing_requests.make(key, proved[0], {}, proved[1:])
    chain = issuing.pem(issuer.certificate)
    installed.put(ctx, private_keys.pem(key), certificate, chain, request=own_request, issued_here=True)
    challenges.forget(ctx, proved)
    ctx.info("certificate issued for %s; it is valid for %d days", ", ".join(proved), authority.DAYS)


def append(ctx: Context, hosts: list[str], *, verify_ip: bool) -> None:
    """Issue a certificate for the hosts of the present one and further ones; without one it is a request."""
    row = installed.find(ctx)
    before = proofs.still_own(ctx, installed.hosts(row)) if row is not None and row.issued_here else []
    request(ctx, dict.fromkeys([*before, *hosts]), verify_ip=verify_ip, strict=False)


def bootstrap(ctx: Context) -> None:
    """Issue the first certificate of the caller's account, for its domains and their ``www.``."""
    hosts = [name for domain in sorted(records.own(ctx).metadata.hosts) for name in (domain, f"www.{domain}")]
    request(ctx, hosts, verify_ip=True, strict=False)


def renew(ctx: Context, *, verify_ip: bool) -> None:
    """Issue a certificate for the hosts of the present one; raises Refused without one, and for a suspended account."""
    if ctx.caller.site_id and records.own(ctx).is_suspended:
        raise Refused("%s is suspended; its certificate is renewed once it is active", records.own(ctx).label)
    request(ctx, proofs.still_own(ctx, _present(ctx)), verify_ip=verify_ip, strict=False)


def revoke(ctx: Context) -> None:
    """Revoke the certificate and remove it; raises Refused without one."""
    _present(ctx)
    installed.remove(ctx)


def _present(ctx: Context) -> list[str]:
    row = installed.find(ctx)
    if row is None or not row.issued_here:
        raise Refused("There is no certificate of Let's Encrypt; letsencrypt:request gets one")
    return installed.hosts(row)
