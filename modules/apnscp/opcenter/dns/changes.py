"""Adding, removing and changing records, with the checks of the panel (docs/panel.md, section 23)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert

from apnscp.core.coerce import shown
from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.dns import provider, rdata, zones
from apnscp.opcenter.dns.record import TYPES, Record, full_name
from apnscp.opcenter.dns.tables import record_table
from apnscp.opcenter.dns.zones import Zone
from apnscp.opcenter.services.host_names import host_form

CHANGEABLE = ("name", "rr", "ttl", "parameter")
"""Keys of a record that dns:modify-record changes."""
TTL = range(2**31)
SERVERS_OWN = ("NS", "SOA")
"""Types of records that a zone itself has by its name servers, and nobody changes."""


def writable(ctx: Context, text: str) -> Zone | None:
    """Return a zone whose records may be changed; None where the provider is null, which takes every change and has none.

    Raises Refused for a foreign domain, while dns is off, and for a zone that was removed.
    """
    zone = zones.look_up(ctx, text)
    if zone.site is not None and not zone.site.metadata.enabled("dns"):
        raise Refused("%s has dns switched off; EditDomain -c dns,enabled=1 switches it on", zone.site.label)
    if zone.site is not None and provider.of_account(ctx, zone.site.metadata) is None:
        ctx.info(
            "%s: the provider of dns is null, so nothing changes; set dns,provider to have a zone", zone.site.label
        )
        return None
    if not zone.exists:
        raise Refused("There is no zone `%s'; the administrator's dns:add-zone adds it", zone.name)
    return zone


def record(ctx: Context, zone: str, name: str, rr: str, parameter: str, ttl: int | None) -> Record:
    """Return a record in its stored form.

    ttl: seconds, None for [dns] default_ttl
    Raises Refused for a type, name, parameter or time that cannot be.
    """
    kind = record_type(rr)
    relative = relative_name(ctx, name, zone)
    seconds = ctx.settings.number("dns.default_ttl") if ttl is None else ttl
    if seconds not in TTL:
        raise Refused("ttl: %d is not a number of seconds from 0 to %d", seconds, TTL[-1])
    if kind == "CNAME":
        _check_cname(relative, zone)
    if kind in SERVERS_OWN and not relative:
        raise Refused("The %s records of `%s' itself are the server's ([dns] hosting_ns)", kind, zone)
    return Record(relative, kind, rdata.canonical(kind, parameter, zone), seconds)


def record_type(text: str, *, any_too: bool = False) -> str:
    """Return a type in upper case; raises Refused for one that the panel does not take.

    any_too: take ANY, which stands for all of them
    """
    kind = text.strip().upper()
    if kind in TYPES or (any_too and kind == "ANY"):
        return kind
    raise Refused("Unknown type of record %s; there are %s", shown(text), ", ".join(TYPES))


def relative_name(ctx: Context, text: str, zone: str) -> str:
    """Return a name relative to its zone, empty for the zone itself; `@` is taken as that, with a warning.

    Raises Refused for a name that holds a space or is too long.
    """
    name = host_form(text).rstrip(".")
    if name == "@":
        ctx.warn("`@' is not used for `%s' itself; leave the name empty", zone)
        name = ""
    name = "" if name == zone else name.removesuffix("." + zone)
    labels = name.split(".") if name else []
    if any(char.isspace() for char in text.strip()):
        raise Refused("%s holds a space, which no name of a record may", shown(text))
    if len(full_name(name, zone)) > 253 or not all(0 < len(label) < 64 for label in labels) or not name.isascii():
        raise Refused("%s cannot be a name in the zone `%s'", shown(text), zone)
    return name


def add(ctx: Context, zone: Zone, added: Record) -> None:
    """Add a record to a zone; raises Refused where it exists, and beside a CNAME, which stands alone."""
    held = [each for each in zones.contents(ctx, zone) if each.name == added.name]
    if any(each.key == added.key for each in held):
        raise Refused(
            "`%s' has this %s record already: %s", full_name(added.name, zone.name), added.rr, added.parameter
        )
    other = next((each for each in held if "CNAME" in (each.rr, added.rr)), None)
    if other is not None:
        host = full_name(added.name, zone.name)
        raise Refused("`%s' has a record of type %s, and a CNAME stands alone; remove it first", host, other.rr)
    _put(ctx, zone, added)


def remove(ctx: Context, zone: Zone, name: str, rr: str, parameter: str | None) -> None:
    """Remove the records of a name and type, or the one with a parameter; raises Refused when there is none."""
    found = [each for each in zones.contents(ctx, zone) if each.matches(name, rr, parameter)]
    if rr == "ANY":
        found = [each for each in found if each.name or each.rr not in SERVERS_OWN]
    if not found:
        told = f" {parameter}" if parameter else ""
        raise Refused("`%s' has no %s record%s", full_name(name, zone.name), rr, told)
    for each in found:
        if not each.name and each.rr in SERVERS_OWN:
            raise Refused("The %s records of `%s' itself are the server's and stay", each.rr, zone.name)
    for each in found:
        _take_out(ctx, zones.fresh(ctx, zone), each)


def modify(ctx: Context, zone: Zone, old: Record, new: Mapping[Any, Any]) -> None:
    """Change a record; what `new` leaves out stays.

    new: name, rr, ttl (seconds), parameter
    Raises Refused for another key, where there is no such record, and where the new one cannot be.
    """
    strange = sorted(str(key) for key in set(new) - set(CHANGEABLE))
    if strange:
        raise Refused("newdata: unknown key `%s'; a record has %s", strange[0][:64], ", ".join(CHANGEABLE))
    present = next((each for each in zones.contents(ctx, zone) if each.key == old.key), None)
    if present is None:
        raise Refused("`%s' has no %s record %s", full_name(old.name, zone.name), old.rr, old.parameter)
    values = {name: getattr(present, name) for name in CHANGEABLE} | dict(new)
    changed = record(
        ctx, zone.name, str(values["name"]), str(values["rr"]), str(values["parameter"]), _seconds(values["ttl"])
    )
    remove(ctx, zone, present.name, present.rr, present.parameter)
    add(ctx, zones.fresh(ctx, zone), changed)


def _put(ctx: Context, zone: Zone, added: Record) -> None:
    zone_id = zones.kept(ctx, zone)
    same = (record_table.c.zone_id == zone_id) & (record_table.c.name == added.name) & (record_table.c.rr == added.rr)
    taken_out = same & (record_table.c.parameter == added.parameter) & (record_table.c.hidden == 1)
    ctx.db.execute(delete(record_table).where(taken_out))
    if added in zones.derived(ctx, zone):
        return
    columns = {"name": added.name, "rr": added.rr, "parameter": added.parameter, "ttl": added.ttl}
    ctx.db.execute(insert(record_table).values(zone_id=zone_id, hidden=0, **columns))


def _take_out(ctx: Context, zone: Zone, gone: Record) -> None:
    zone_id = zones.kept(ctx, zone)
    columns = {"name": gone.name, "rr": gone.rr, "parameter": gone.parameter}
    own = [record_table.c[name] == value for name, value in columns.items()]
    ctx.db.execute(delete(record_table).where(record_table.c.zone_id == zone_id, *own))
    if any(each.key == gone.key for each in zones.derived(ctx, zone)):
        ctx.db.execute(insert(record_table).values(zone_id=zone_id, hidden=1, ttl=gone.ttl, **columns))


def _check_cname(name: str, zone: str) -> None:
    if not name:
        raise Refused("`%s' itself cannot be a CNAME; give it an A record", zone)
    if name.startswith(("http:", "https:")):
        raise Refused("`%s' is an address of a page and not a host name; leave http:// out", name[:64])


def _seconds(value: Any) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise Refused("ttl: %s is not a number of seconds", shown(value)) from None
