"""Which hosts the authority takes the caller's word for (docs/panel.md, section 27)."""

from __future__ import annotations

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.certificates import challenges
from apnscp.opcenter.dns import provider, zones
from apnscp.opcenter.sites import addresses, records


def proved(ctx: Context, hosts: list[str], *, verify_ip: bool, strict: bool) -> list[str]:
    """Return the hosts for which a certificate can be issued; each other one brings a warning.

    verify_ip: look at the addresses in the account's zones, as far as [letsencrypt] verify_ip is on
    strict: raise Refused for the first that is skipped
    Raises Refused for a host that is not the account's.
    """
    found = []
    for host in hosts:
        if ctx.caller.site_id:
            _require_own(ctx, host)
        reason = _objection(ctx, host, verify_ip and ctx.settings.flag("letsencrypt.verify_ip"))
        if reason is None:
            found.append(host)
        elif strict:
            raise Refused("%s", reason)
        else:
            ctx.warn("%s; the host is skipped", reason)
    return found


def still_own(ctx: Context, hosts: list[str]) -> list[str]:
    """Return the hosts of a certificate that the account still has; it may have been renamed, or lost an alias."""
    if not ctx.caller.site_id:
        return hosts
    kept = [host for host in hosts if domain_of(ctx, host) is not None]
    for host in hosts:
        if host not in kept:
            ctx.warn("`%s' is no longer a host of this account and is left out", host)
    return kept


def domain_of(ctx: Context, host: str) -> str | None:
    """Return the domain of the caller's account that a host belongs to, None for a foreign host."""
    bare = host.removeprefix("*.")
    held = [each for each in records.own(ctx).metadata.hosts if bare == each or bare.endswith("." + each)]
    return max(held, key=len, default=None)


def _require_own(ctx: Context, host: str) -> None:
    if domain_of(ctx, host) is None:
        raise Refused("`%s' is below no domain of this account; web:list-domains lists them", host)


def _objection(ctx: Context, host: str, verify_ip: bool) -> str | None:
    """Return why a host cannot be proved, None where it can."""
    if challenges.solved(ctx, host) or not ctx.caller.site_id:
        return None
    metadata = records.own(ctx).metadata
    mechanism = challenges.mechanism_of(ctx, host)
    if mechanism == "dns" and not provider.served(ctx, metadata):
        return f"`{host}' is proved by dns, which has no provider; letsencrypt:solve proves it by hand"
    if mechanism == "dns" or not verify_ip or not provider.served(ctx, metadata):
        return None
    return _elsewhere(ctx, host)


def _elsewhere(ctx: Context, host: str) -> str | None:
    """Return what the records of a host say against it, None where they name an address of the account."""
    zone = zones.look_up(ctx, str(domain_of(ctx, host)))
    name = "" if host == zone.name else host.removesuffix("." + zone.name)
    own = {each for family in provider.public_addresses(ctx, records.own(ctx).metadata) for each in family}
    own |= set(addresses.of_account(records.own(ctx).metadata)) | set(
        addresses.of_account(records.own(ctx).metadata, "ipinfo6")
    )
    wild = f"*.{name.partition('.')[2]}".rstrip(".")
    content = zones.contents(ctx, zone)
    named = [each for each in content if each.name == name] or [each for each in content if each.name == wild]
    found = [each.parameter for each in named if each.rr in ("A", "AAAA")]
    if not found and any(each.rr == "CNAME" for each in named):
        return None
    if not found:
        return f"`{host}' has no address in its zone"
    if own & set(found):
        return None
    return f"`{host}' has the address {found[0]}, which is not the account's"
