"""Module dns: zones and records (docs/panel.md, section 23)."""

from __future__ import annotations

from typing import Annotated, Any

from apnscp.core.answers import DnsRecord
from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.core.php_types import Untyped
from apnscp.core.registry import command
from apnscp.core.roles import Role
from apnscp.opcenter.dns import changes, defaults, hosted, provider, rdata, zone_file, zones
from apnscp.opcenter.dns.record import TYPES
from apnscp.opcenter.dns.zones import Zone
from apnscp.opcenter.services import networks
from apnscp.opcenter.services.providers import providers_of
from apnscp.opcenter.sites import records

_INNER = Role.SITE | Role.USER
TTL = 43200
"""Default of ttl as the panel's signatures show it; a record without one lives [dns] default_ttl seconds."""


@command(Role.SITE, "write")
def add_record(ctx: Context, zone: str, subdomain: str, rr: str, param: str, ttl: int = TTL) -> bool:
    """Add a record to a zone of the account.

    zone: the primary domain or an alias; subdomain: name relative to it, empty for the zone itself
    rr: A, AAAA, A6, CAA, CNAME, DNAME, HINFO, MX, NAPTR, NS, SOA, SRV or TXT; param: such as `10 mail.example.com`
    ttl: seconds
    """
    found = changes.writable(ctx, zone)
    if found is not None:
        changes.add(ctx, found, changes.record(ctx, found.name, subdomain, rr, param, _seconds(ctx, ttl)))
    return True


@command(Role.SITE, "write")
def add_record_conditionally(ctx: Context, zone: str, subdomain: str, rr: str, param: str, ttl: int = TTL) -> bool:
    """Add a record unless it is there already; without dns or a zone nothing happens, and a message says so.

    Arguments are those of dns:add-record.
    """
    found = zones.look_up(ctx, zone)
    if found.site is not None and not found.site.metadata.enabled("dns"):
        ctx.info("%s: dns is switched off, so no record is added", found.site.label)
        return True
    if not zones.published(ctx, found):
        ctx.warn("There is no zone `%s', so no record is added", found.name)
        return True
    record = changes.record(ctx, found.name, subdomain, rr, param, _seconds(ctx, ttl))
    if any(each.key == record.key for each in zones.contents(ctx, found)):
        ctx.info("`%s' has this %s record already", found.name, record.rr)
        return True
    changes.add(ctx, found, record)
    return True


@command(Role.SITE, "write")
def remove_record(ctx: Context, zone: str, subdomain: str, rr: str, param: str | None = None) -> bool:
    """Remove a record from a zone of the account.

    param: of the one record; without it every record of the name and type is removed
    """
    found = changes.writable(ctx, zone)
    if found is not None:
        kind = changes.record_type(rr, any_too=True)
        name = changes.relative_name(ctx, subdomain, found.name)
        wanted = None if param is None or kind == "ANY" else rdata.canonical(kind, param, found.name)
        changes.remove(ctx, found, name, kind, wanted)
    return True


@command(Role.SITE, "write")
def modify_record(ctx: Context, zone: str, subdomain: str, rr: str, parameter: str, newdata: dict[str, Any]) -> bool:
    """Change a record of a zone of the account.

    newdata: name, rr, ttl (seconds) and parameter, of which those that are left out stay
    """
    found = changes.writable(ctx, zone)
    if found is not None:
        changes.modify(ctx, found, changes.record(ctx, found.name, subdomain, rr, parameter, None), newdata)
    return True


@command(Role.ADMIN | Role.SITE)
def get_records(ctx: Context, subdomain: str = "", rr: str = "any", domain: str | None = None) -> list[DnsRecord]:
    """Return the records of a name; empty where there is no zone.

    subdomain: name relative to the domain, empty for the domain itself; rr: a type, or any
    domain: the account's primary domain when left out; the administrator must name one
    """
    zone = _zone(ctx, domain)
    name, kind = changes.relative_name(ctx, subdomain, zone.name), changes.record_type(rr or "any", any_too=True)
    return [each.row(zone.name) for each in zones.contents(ctx, zone) if each.matches(name, kind)]


@command(Role.ADMIN | Role.SITE)
def get_records_by_rr(ctx: Context, rr: str, zone: str | None = None) -> list[DnsRecord] | None:
    """Return the records of a type in a whole zone; null where there is no zone.

    The two arguments may come in either order.
    zone: the account's primary domain when left out; the administrator must name one
    """
    if zone is not None and zone.strip().upper() in (*TYPES, "ANY"):
        rr, zone = zone, rr
    found, kind = _zone(ctx, zone), changes.record_type(rr, any_too=True)
    if not zones.published(ctx, found):
        return None
    return [each.row(found.name) for each in zones.contents(ctx, found) if each.matches(None, kind)]


@command(Role.SITE)
def get_zone_information(
    ctx: Context, domain: str | None = None
) -> Annotated[dict[str, Any] | None, dict[str, list[DnsRecord]]]:
    """Return all records of a zone by type; null where there is no zone.

    domain: the account's primary domain when left out
    """
    zone = _zone(ctx, domain)
    if not zones.published(ctx, zone):
        return None
    found: dict[str, Any] = {}
    for record in zones.contents(ctx, zone):
        found.setdefault(record.rr, []).append(record.row(zone.name))
    return found


@command(Role.ALL)
def record_exists(
    ctx: Context, zone: str, subdomain: Annotated[str, Untyped], rr: str = "ANY", parameter: str | None = None
) -> bool:
    """Tell whether a zone has a record.

    subdomain: name relative to the zone; rr: a type, or ANY; parameter: any when left out
    """
    found, kind = zones.look_up(ctx, zone), changes.record_type(rr or "ANY", any_too=True)
    name = changes.relative_name(ctx, subdomain, found.name)
    wanted = parameter
    if parameter is not None and kind != "ANY":
        wanted = rdata.canonical(kind, parameter, found.name)
    return any(each.matches(name, kind, wanted) for each in zones.contents(ctx, found))


@command(Role.SITE)
def zone_exists(ctx: Context, zone: str) -> bool:
    """Tell whether a domain has a zone; an account asks for its own domains."""
    return zones.published(ctx, zones.look_up(ctx, zone))


@command(Role.SITE)
def export(ctx: Context, zone: str | None = None) -> str:
    """Return a zone in the form of a zone file, one record a line.

    zone: the account's primary domain when left out
    """
    return zone_file.written(ctx, _zone(ctx, zone))


@command(Role.SITE, "write")
def import_(ctx: Context, domain: str, axfr: str) -> bool:
    """Add the records of a zone file; those that are there already are passed over, and an info counts both.

    domain: the primary domain or an alias; axfr: a zone file, or what a zone transfer printed
    """
    zone = changes.writable(ctx, domain)
    if zone is not None:
        ctx.info("%s: %d records added, %d passed over", zone.name, *zone_file.take(ctx, zone, axfr))
    return True


@command(Role.ADMIN, "write")
def add_zone(ctx: Context, domain: str, ip: str) -> bool:
    """Add a zone for a domain that no account has, or give the domain of an account its zone back.

    ip: address of the domain and its ``www.``; the zone of an account's domain has that account's addresses
    A zone that exists brings a warning.
    """
    if not zones.add(ctx, domain, networks.address(ip)):
        ctx.warn("The zone `%s' exists already", zones.zone_name(domain))
    return True


@command(Role.ADMIN, "write")
def remove_zone(ctx: Context, domain: str) -> bool:
    """Remove a zone with all its records; that of an account's domain comes back with dns:add-zone."""
    zones.remove(ctx, domain)
    return True


@command(Role.SITE)
def provisioning_records(ctx: Context, zone: str) -> list[DnsRecord]:
    """Return the records with which a zone of the account begins: its web, FTP and mail servers.

    zone: any domain; it need not be the account's yet
    """
    name = zones.zone_name(zone)
    return [each.row(name) for each in defaults.provisioning(ctx, records.own(ctx), name)]


@command(Role.SITE)
def permitted_records(ctx: Context) -> list[str]:
    """Return the types of records that may be added."""
    return list(TYPES)


@command(Role.SITE)
def get_default(ctx: Context, key: str) -> Any:
    """Return a default of records.

    key: ttl, in seconds
    """
    if key.strip().lower() != "ttl":
        raise Refused("Unknown default %s; there is ttl", shown(key))
    return ctx.settings.number("dns.default_ttl")


@command(Role.ALL)
def configured(ctx: Context) -> bool:
    """Tell whether dns has a provider: that of the account, or for the administrator of the panel."""
    return _provider(ctx) != provider.NONE


@command(Role.ALL)
def get_provider(ctx: Context) -> str:
    """Return the name of the account's provider, or for the administrator of the panel's; `null` for none."""
    return _provider(ctx)


@command(Role.ADMIN)
def providers(ctx: Context) -> list[str]:
    """Return the names that dns,provider takes."""
    return providers_of("dns")


@command(_INNER)
def get_public_ip(ctx: Context) -> Any:
    """Return the IPv4 address that zones of the account name, a list where there are several; null for none."""
    return _one_or_all(provider.public_addresses(ctx, records.own(ctx).metadata)[0])


@command(_INNER)
def get_public_ip6(ctx: Context) -> Any:
    """Return the IPv6 address that zones of the account name, a list where there are several; null for none."""
    return _one_or_all(provider.public_addresses(ctx, records.own(ctx).metadata)[1])


@command(Role.SITE)
def get_hosting_nameservers(ctx: Context, domain: Annotated[str | None, Untyped] = None) -> list[str]:
    """Return the name servers of hosted zones: [dns] hosting_ns, else the server itself.

    domain: taken as the panel takes it; all domains have the same servers
    """
    return provider.name_servers(ctx)


@command(Role.SITE)
def domain_on_account(ctx: Context, domain: str) -> bool:
    """Tell whether a domain is of the account: its primary domain or an alias."""
    return hosted.holder(ctx.db, domain) == ctx.caller.site_id


@command(Role.SITE)
def domain_hosted(ctx: Context, domain: str, ignore_on_account: bool = False) -> bool:
    """Tell whether any account of the panel has a domain.

    ignore_on_account: do not count those of the caller's account
    """
    found = hosted.holder(ctx.db, domain)
    return found is not None and not (ignore_on_account and found == ctx.caller.site_id)


@command(Role.ADMIN)
def get_all_domains(ctx: Context) -> list[str]:
    """Return all domains of all accounts, primary domains and aliases alike, in order."""
    return hosted.domains(ctx.db)


@command(Role.ADMIN)
def get_parent_domain(ctx: Context, domain: str) -> Any:
    """Return the primary domain of the account that has a domain, false for a domain of nobody."""
    found = hosted.holder(ctx.db, domain)
    return False if found is None else hosted.primary_domain(ctx.db, found)


@command(Role.ADMIN)
def get_server_from_domain(ctx: Context, domain: str, all: bool = False) -> Any:
    """Return the name of the server that hosts a domain, which can only be this one; false for a domain of nobody.

    all: return a list of every server that does
    """
    found = [] if hosted.holder(ctx.db, domain) is None else [ctx.settings.text("core.hostname")]
    return found if all else found[0] if found else False


@command(Role.ADMIN)
def ip_allocated(ctx: Context, ip: Annotated[str, Untyped]) -> bool:
    """Tell whether an address is given to an account, for itself or shared."""
    return bool(hosted.holders_of_address(ctx, ip))


@command(Role.ADMIN, "write", deprecated=True)
def release_ip(ctx: Context, ip: Annotated[str, Untyped]) -> bool:
    """Let an address go; one that an account uses is refused, and one that nobody uses is free as it is."""
    users = hosted.holders_of_address(ctx, ip)
    if users:
        raise Refused("`%s' is in use by %s; EditDomain -c ipinfo,... gives it another address", ip, users[0])
    return True


@command(Role.SITE, "write")
def update(ctx: Context, hostname: str, ip: str | None = None) -> Any:
    """Let a host name point to an address, as scripts for changing addresses do, and return the address.

    hostname: a name below a domain of the account; ip: IPv4 or IPv6 address, the caller's own when left out
    """
    address = networks.address(ctx.caller.ip if ip is None else ip)
    name = hostname.strip().lower().rstrip(".")
    held = [each for each in records.own(ctx).metadata.hosts if name == each or name.endswith("." + each)]
    if not held:
        raise Refused("%s is below no domain of this account; web:list-domains lists them", shown(hostname))
    zone = changes.writable(ctx, max(held, key=len))
    if zone is not None:
        _point(ctx, zone, name, address)
    return address


@command(Role.ALL)
def uuid(ctx: Context) -> str | None:
    """Return the mark by which the zones of this server are told apart ([dns] uuid), null for none."""
    return ctx.settings.text("dns.uuid") or None


@command(Role.SITE)
def uuid_name(ctx: Context) -> str:
    """Return the name of the record that holds the mark of dns:uuid."""
    return ctx.settings.text("dns.uuid_name")


def _zone(ctx: Context, domain: str | None) -> Zone:
    if domain is None and ctx.is_admin:
        raise Refused("Name a domain; dns:get-all-domains lists them")
    return zones.look_up(ctx, records.own(ctx).domain if domain is None else domain)


def _seconds(ctx: Context, ttl: int) -> int:
    """Return the seconds that a caller named; the default of the signature is the panel's own setting."""
    return ctx.settings.number("dns.default_ttl") if ttl == TTL else ttl


def _provider(ctx: Context) -> str:
    if not ctx.caller.site_id:
        return provider.of_panel(ctx)
    return provider.of_account(ctx, records.own(ctx).metadata) or provider.NONE


def _point(ctx: Context, zone: Zone, name: str, address: str) -> None:
    added = changes.record(ctx, zone.name, name, "AAAA" if ":" in address else "A", address, None)
    held = [each for each in zones.contents(ctx, zone) if each.matches(added.name, added.rr)]
    if any(each.key == added.key for each in held):
        return
    if held:
        changes.remove(ctx, zone, added.name, added.rr, None)
    changes.add(ctx, zones.fresh(ctx, zone), added)


def _one_or_all(found: list[str]) -> Any:
    return found[0] if len(found) == 1 else found or None
