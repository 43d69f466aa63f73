"""One record of a zone."""

from __future__ import annotations

from dataclasses import dataclass

from apnscp.core.answers import DnsRecord

TYPES = ("A", "AAAA", "A6", "CAA", "CNAME", "DNAME", "HINFO", "MX", "NAPTR", "NS", "SOA", "SRV", "TXT")
"""Types of records that the panel takes (docs/panel.md, section 23)."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: name relative to the zone (empty for the zone itself), type, parameter, and ttl in seconds."""

    name: str
    rr: str
    parameter: str
    ttl: int

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what two records cannot share: name, type and parameter."""
        return self.name, self.rr, self.parameter

    def matches(self, name: str | None, rr: str, parameter: str | None = None) -> bool:
        """Tell whether this is a record of a name and type; None and ANY stand for each one."""
        return (
            name in (None, self.name) and rr in ("ANY", self.rr) and (parameter is None or parameter == self.parameter)
        )

    def row(self, zone: str) -> DnsRecord:
        """Return the record as clients get it."""
        return {
            "name": full_name(self.name, zone) + ".",
            "subdomain": self.name,
            "domain": zone,
            "class": "IN",
            "ttl": self.ttl,
            "parameter": self.parameter,
            "rr": self.rr,
        }

    def line(self, zone: str) -> str:
        """Return the record as a line of a zone file."""
        return f"{full_name(self.name, zone)}.\t{self.ttl}\tIN\t{self.rr}\t{self.parameter}"


def full_name(name: str, zone: str) -> str:
    """Return the host name of a record, without a dot at its end."""
    return f"{name}.{zone}" if name else zone
