"""The tables of this room: what of a zone differs from the records that follow from its site."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from apnscp.opcenter.store.tables import Serial, sql_metadata

zone_table = Table(
    "dns_zone",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("site_id", ForeignKey("site.id", ondelete="CASCADE"), index=True),
    Column("name", String(253), nullable=False, unique=True),
    Column("address", String(45)),
    Column("removed", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
)
"""Zones that somebody changed, added or removed; the zone of a site's domain needs no row until then.

site_id: the site that holds the domain, None for a zone of no account; address: that of dns:add-zone
removed: 1 for a domain of a site whose zone was removed; serial: of the last change
"""

record_table = Table(
    "dns_record",
    sql_metadata,
    Column("id", Serial, primary_key=True),
    Column("zone_id", ForeignKey("dns_zone.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", String(253), nullable=False),
    Column("rr", String(8), nullable=False),
    Column("parameter", Text, nullable=False),
    Column("ttl", Integer, nullable=False),
    Column("hidden", Integer, nullable=False),
)
"""Records that were added to a zone, and (hidden: 1) those that were taken out of the ones that follow from its site.

name: relative to the zone, empty for the zone itself; ttl: seconds
"""
