"""Module site: an account as its administrator sees it (docs/panel.md, section 18)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import AccountQuota, BandwidthUsage, HostParts, UserCount, UserEntry
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Secret, Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.access import sessions
from apnscp.opcenter.services.host_names import host_form
from apnscp.opcenter.sites import addresses, records
from apnscp.opcenter.usage import amnesty, figures, projects, reports
from apnscp.opcenter.users import contacts, details, people, switches

_INNER = Role.SITE | Role.USER
FIRST_PORT, PORTS_EACH = 40000, 10
"""Ports of user daemons: blocks of equal size, the first one for ssh,port_index 1."""


@command(Role.SITE)
def get_account_quota(ctx: Context) -> Annotated[dict[str, Any], AccountQuota]:
    """Return what the account uses and may use: qused, qsoft, qhard in KB, fused, fsoft, fhard in files; 0 is no limit.

    In a quota project `dynamic` is true: the project may limit the account further.
    """
    row: dict[str, Any] = dict(reports.own_storage(ctx))
    group = records.own(ctx).metadata["diskquota"]["group"]
    return row | {"dynamic": True} if group and projects.find(ctx.db, str(group)) else row


@command(Role.SITE, "write")
def storage_amnesty_(ctx: Context) -> bool:
    """Multiply the account's storage quota by [quota] storage_boost for storage_duration seconds.

    Granted once per storage_wait seconds.
    """
    site = records.own(ctx)
    amnesty.require_due(ctx, site.metadata)
    records.save(ctx, site, site.metadata.with_value("diskquota", "amnesty", ctx.clock.unix()))
    return True


@command(Role.SITE)
def amnesty_active(ctx: Context) -> bool:
    """Tell whether a storage amnesty is running."""
    return amnesty.active(ctx, records.own(ctx).metadata)


@command(Role.SITE)
def get_bandwidth_usage(ctx: Context, type: Annotated[str | None, Untyped] = None) -> BandwidthUsage:
    """Return the transfer since the cycle began, in bytes: used and total, -1 without a limit.

    type: not offered by the panel any more; naming one is an error
    """
    if type is not None:
        raise Refused("Transfer by type `%s' is not kept; leave the type out", type[:64])
    metadata = records.own(ctx).metadata
    if not metadata.enabled("bandwidth"):
        return {"used": 0.0, "total": -1.0}
    counters = figures.of(ctx.db, ctx.caller.site_id, metadata, ctx.clock)
    limit = figures.transfer_limit(metadata)
    return {
        "used": float(sum(counters[name] for name in figures.TRANSFER)),
        "total": float(-1 if limit is None else limit),
    }


@command(Role.SITE)
def get_bandwidth_rollover(ctx: Context) -> int:
    """Return when the bandwidth counter starts anew, as Unix time."""
    return figures.cycle(records.own(ctx).metadata, ctx.clock)[1]


@command(_INNER)
def get_admin_email(ctx: Context) -> str:
    """Return the contact address of the account, several with commas between them."""
    return contacts.of_account(ctx)


@command(Role.SITE, "write")
def set_admin_email(ctx: Context, email: Annotated[str, Untyped]) -> bool:
    """Set the contact address of the account; the former address is told."""
    contacts.set_of_account(ctx, email)
    return True


@command(_INNER)
def ip_address(ctx: Context) -> str | None:
    """Return the account's IPv4 address, the last one where there are several; null when it has none."""
    found = addresses.of_account(records.own(ctx).metadata)
    return found[-1] if found else None


@command(Role.SITE)
def get_port_range(ctx: Context) -> list[int]:
    """Return first and last port for daemons of the account; empty without ssh, [ssh] user_daemons or a block."""
    ssh = records.own(ctx).metadata["ssh"]
    if not ssh["enabled"] or not ctx.settings.flag("ssh.user_daemons") or ssh["port_index"] is None:
        return []
    first = FIRST_PORT + (int(str(ssh["port_index"])) - 1) * PORTS_EACH
    return [first, first + PORTS_EACH - 1]


@command(Role.SITE, "write")
def hijack(ctx: Context, user: str) -> Annotated[str, Secret]:
    """Open a session as a user of the account and return its id; the caller's own stays valid.

    user: its name; the caller's own name gives the present session, an unknown one an error and the present session
    """
    found = people.find(ctx.db, ctx.caller.site_id, user)
    if found is None and ctx.caller.session is None:
        people.require(ctx.db, ctx.caller.site_id, user)
    if found is None:
        ctx.error("Unknown user `%s'", user[:64])
    elif found.name != ctx.caller.user or ctx.caller.session is None:
        return sessions.open_in_site(ctx, records.own(ctx), found, ctx.caller.gate)
    return str(ctx.caller.session)


@command(Role.SITE)
def user_service_enabled(ctx: Context, user: Annotated[str, Untyped], service: Annotated[str, Untyped]) -> bool:
    """Tell whether a user of the account may use a service: ftp, imap, smtp, ssh, dav, cp, crontab, vacation."""
    site = records.own(ctx)
    return switches.enabled(ctx.db, site, user, service)


@command(Role.SITE, deprecated=True)
def get_users(ctx: Context) -> Annotated[dict[str, Any], dict[str, UserEntry]]:
    """Return the users of the account by name, sorted: uid, gid, gecos, home, shell."""
    return dict(details.entries(ctx.db, ctx.caller.site_id))


@command(Role.SITE, deprecated=True)
def get_user_count(ctx: Context) -> UserCount:
    """Return how many users the account has, its administrator included, and may have: users, max (null: no limit)."""
    return {"users": details.count(ctx.db, ctx.caller.site_id), "max": records.own(ctx).metadata["users"]["max"]}


@command(_INNER, deprecated=True)
def split_hostname(ctx: Context, hostname: Annotated[str, Untyped]) -> HostParts:
    """Return the subdomain and the domain of a host name; a name that is not of the account is a domain in full."""
    name = host_form(hostname)
    held = [domain for domain in records.own(ctx).metadata.hosts if name == domain or name.endswith("." + domain)]
    domain = max(held, key=len, default=name)
    return {"subdomain": name.removesuffix(domain).rstrip("."), "domain": domain}
