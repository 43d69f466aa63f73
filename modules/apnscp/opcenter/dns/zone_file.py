"""Zones in the form of zone files (RFC 1035, section 5)."""

from __future__ import annotations

from collections.abc import Iterator

from apnscp.core.context import Context
from apnscp.core.errors import Refused
from apnscp.opcenter.dns import changes, zones
from apnscp.opcenter.dns.record import TYPES, Record
from apnscp.opcenter.dns.zones import Zone

LONGEST = 1_000_000
"""Characters of a zone file that is read."""


def written(ctx: Context, zone: Zone) -> str:
    """Return a zone as text, one record a line, the SOA first; raises Refused when there is no such zone."""
    if not zones.published(ctx, zone):
        raise Refused("There is no zone `%s' to export", zone.name)
    return "".join(f"{record.line(zone.name)}\n" for record in zones.contents(ctx, zone))


def take(ctx: Context, zone: Zone, text: str) -> tuple[int, int]:
    """Add the records of a zone file, and return how many were added and how many passed over.

    Those that the zone has already are passed over, as are SOA and NS of the zone itself and types that the panel does
    not take. Raises Refused for a text that is not a zone file of this zone, and for a record that cannot be added.
    """
    added = passed = 0
    for found in _read(text, zone.name):
        present = zones.fresh(ctx, zone)
        of_server = not found.name and found.rr in ("SOA", "NS")
        if of_server or found.rr not in TYPES or any(each.key == found.key for each in zones.contents(ctx, present)):
            passed += 1
            continue
        changes.add(ctx, present, changes.record(ctx, zone.name, found.name, found.rr, found.parameter, found.ttl))
        added += 1
    return added, passed


def _read(text: str, name: str) -> Iterator[Record]:
    """Read a zone file with dnspython, which is loaded for the first one that somebody imports."""
    import dns.exception
    import dns.rdatatype
    import dns.zone
    import dns.zonefile

    if len(text) > LONGEST:
        raise Refused("The zone file is longer than %d characters; import it in parts", LONGEST)
    try:
        found = dns.zone.from_text(text, origin=f"{name}.", relativize=False, check_origin=False, allow_include=False)
    except (dns.exception.DNSException, ValueError, KeyError) as error:
        raise Refused("This is not a zone file of `%s': %s", name, str(error)[:200] or type(error).__name__) from None
    for host, ttl, data in found.iterate_rdatas():
        relative = host.to_text().lower().rstrip(".")
        relative = "" if relative == name else relative.removesuffix(f".{name}")
        yield Record(relative, dns.rdatatype.to_text(data.rdtype), data.to_text(), int(ttl))
